// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.decode;

import dev.hansard.core.masking.rule.TimeLimit;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import java.io.IOException;
import java.io.InputStream;

/** What one decoder gives, up to the limits. Belongs to one thread. */
final class CappedStream extends InputStream {
    private final InputStream decoder;
    private final long ratioCap;
    private final int maxBytes;
    private final TimeLimit time;
    private long given;

    /** @param ratioCap how many bytes the ratio allows */
    CappedStream(InputStream decoder, long ratioCap, int maxBytes, TimeLimit time) {
        this.decoder = decoder;
        this.ratioCap = ratioCap;
        this.maxBytes = maxBytes;
        this.time = time;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (time.isOver()) {
            throw new CapReached(new Unmaskable(Reason.TIMEOUT, "decoding takes too long"));
        }
        int n = decoder.read(into, offset, length);
        given += Math.max(n, 0);
        if (given > ratioCap) {
            String detail = "the content grows more than " + ContentDecoding.MAX_RATIO + " times by decoding";
            throw new CapReached(new Unmaskable(Reason.RATIO, detail));
        }
        if (given > maxBytes) {
            throw new CapReached(ContentDecoding.tooLong(maxBytes));
        }
        return n;
    }

    @Override
    public void close() throws IOException {
        decoder.close();
    }
}
