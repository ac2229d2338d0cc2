// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.crypt;

class InMemoryKeyWrapperTest implements KeyWrapperContract {
    private final InMemoryKeyWrapper wrapper = new InMemoryKeyWrapper();

    @Override
    public KeyWrapper wrapper() {
        return wrapper;
    }

    @Override
    public void rotate() {
        wrapper.rotate();
    }
}
