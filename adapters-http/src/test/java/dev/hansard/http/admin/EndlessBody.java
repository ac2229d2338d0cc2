// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** A body that is made as it is read, and tells how much of it was. */
final class EndlessBody extends InputStream {
    private final AtomicLong read;

    EndlessBody(AtomicLong read) {
        this.read = read;
    }

    @Override
    public int read() {
        read.incrementAndGet();
        return 'x';
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        read.addAndGet(length);
        return length;
    }
}
