// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.MaskedExchange;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Encoders for whichever threads need one. Encoding is pure computation, so no more run at a time than there are
 * carrier threads: a few are kept, and one more is made when they are all out. Safe for any number of threads.
 */
final class EncoderPool implements AutoCloseable {
    private final ArrayBlockingQueue<FrameEncoder> idle =
            new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());
    private final FrameKeys keys;

    EncoderPool(FrameKeys keys) {
        this.keys = keys;
    }

    EncodedFrame encode(FrameKind kind, MaskedExchange exchange) {
        FrameEncoder encoder = take();
        try {
            return encoder.encode(kind, exchange);
        } finally {
            giveBack(encoder);
        }
    }

    FrameEncoder take() {
        FrameEncoder encoder = idle.poll();
        return encoder == null ? new FrameEncoder(keys) : encoder;
    }

    void giveBack(FrameEncoder encoder) {
        if (!idle.offer(encoder)) {
            encoder.close();
        }
    }

    @Override
    public void close() {
        for (FrameEncoder encoder = idle.poll(); encoder != null; encoder = idle.poll()) {
            encoder.close();
        }
    }
}
