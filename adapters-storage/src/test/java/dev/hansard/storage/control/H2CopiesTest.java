// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import dev.hansard.ports.recovery.ControlCopiesContract;
import dev.hansard.ports.spi.ControlStore;
import java.nio.file.Path;

class H2CopiesTest implements ControlCopiesContract {
    @Override
    public ControlStore open(Path folder) {
        return H2ControlStore.open(folder);
    }
}
