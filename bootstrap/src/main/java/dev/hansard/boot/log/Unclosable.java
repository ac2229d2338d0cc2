// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.log;

import java.io.IOException;
import java.io.OutputStream;

/** A stream that outlives the appender on it: a reconfiguration closes the appender, and stderr stays. */
final class Unclosable extends OutputStream {
    private final OutputStream to;

    Unclosable(OutputStream to) {
        this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
        to.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        to.write(bytes, from, count);
    }

    @Override
    public void flush() throws IOException {
        to.flush();
    }

    @Override
    public void close() throws IOException {
        to.flush();
    }
}
