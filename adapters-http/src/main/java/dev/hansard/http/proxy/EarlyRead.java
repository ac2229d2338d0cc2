// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One read of a caller's connection on a thread of its own, so that the end of the connection is seen while its owner
 * waits for something else. A read cannot be taken back: the owner awaits it when it reads next.
 */
final class EarlyRead {
    private static final int BYTES = 1024;

    private final byte[] bytes = new byte[BYTES];
    private final Thread thread;
    private int count = -1;
    private @Nullable IOException failure;

    private EarlyRead(CallerSocket socket, Runnable gone) {
        this.thread = Thread.ofVirtual().name("hansard-caller-watch").unstarted(() -> read(socket, gone));
    }

    /** Begins to read; {@code gone} is run at the end of the connection. */
    static EarlyRead begin(CallerSocket socket, Runnable gone) {
        var read = new EarlyRead(socket, gone);
        read.thread.start();
        return read;
    }

    private void read(CallerSocket socket, Runnable gone) {
        try {
            count = socket.read(bytes, 0, BYTES);
        } catch (IOException e) {
            failure = e;
        }
        if (count < 0) {
            gone.run();
        }
    }

    /** How many bytes were read, or -1 at the end. */
    int await() throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("a read was interrupted", e);
        }
        if (failure != null) {
            throw failure;
        }
        return count;
    }

    void copyTo(byte[] buffer, int at) {
        System.arraycopy(bytes, 0, buffer, at, Math.max(count, 0));
    }
}
