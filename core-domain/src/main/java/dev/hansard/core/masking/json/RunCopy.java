// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.rule.MaskedBytes;

/**
 * Copies what comes in to the output in runs as long as possible: between two values that are replaced, a piece is
 * one run. Positions count the bytes fed. Belongs to one thread.
 */
final class RunCopy {
    private static final byte[] NOTHING = {};

    private final MaskedBytes out;
    private byte[] piece = NOTHING;
    /** The position of the piece's index 0. */
    private long shift;
    /** All before this position was written, or dropped. */
    private long done;

    RunCopy(MaskedBytes out) {
        this.out = out;
    }

    void begin(byte[] bytes, int offset) {
        piece = bytes;
        shift = done - offset;
    }

    void copyTo(long position) {
        if (position > done) {
            out.add(piece, (int) (done - shift), (int) (position - done));
            done = position;
        }
    }

    /** Goes on behind {@code to}, and takes back what was written from {@code from} on. */
    void drop(long from, long to) {
        if (from >= done) {
            copyTo(from);
        } else {
            out.cut(outAt(from));
        }
        done = to;
    }

    /** Where a position lies in the output, or will once it is copied, when nothing from it on was replaced. */
    int outAt(long position) {
        return (int) (out.size() + position - done);
    }

    /** The array that the bytes of a token can be read in; see {@link #indexOf}. */
    byte[] arrayOf(long from, long to) {
        if (from >= done) {
            return piece;
        }
        copyTo(to);
        return out.array();
    }

    /** Where a token begins in the array that {@link #arrayOf} has just answered. */
    int indexOf(long from) {
        return from >= done ? (int) (from - shift) : outAt(from);
    }

    /** The rest of the piece is copied; then it belongs to who fed it. */
    void end(long position) {
        copyTo(position);
        piece = NOTHING;
    }
}
