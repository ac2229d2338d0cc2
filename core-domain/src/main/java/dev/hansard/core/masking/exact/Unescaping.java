// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.exact;

import dev.hansard.core.masking.exact.ExactStream.Spans;

/**
 * Reads a text with one kind of escapes undone. While nothing is escaped it would read the same as the plain reading
 * and does nothing; it knows where in the text each octet of the pattern that it is in begins. Belongs to one thread.
 */
final class Unescaping {
    private static final long[] NOTHING = {};

    private final Automaton automaton;
    private final Escapes escapes;
    private final byte[] escape = new byte[Escapes.MAX + 1];
    private final byte[] character = new byte[Utf8.MAX];
    private int escapeLength;
    private boolean isApart;
    private int state;

    /** Where the last octets begin, in a ring; made when it is needed first. */
    private long[] starts = NOTHING;

    private long count;

    Unescaping(Automaton automaton, Escapes escapes) {
        this.automaton = automaton;
        this.escapes = escapes;
    }

    /**
     * Reads one more octet.
     *
     * @param before the state of the plain reading before the octet, and {@code after} after it
     * @return whether this reading is another than the plain one
     */
    boolean read(byte octet, long position, int before, int after, Spans spans) {
        if (!isApart) {
            if (octet != escapes.start()) {
                return false;
            }
            part(position, before);
        }
        boolean restarts = octet == escapes.start() && !(escapeLength == 1 && octet == '\\');
        if (restarts) {
            giveUp(position, spans);
        }
        if (restarts || escapeLength > 0) {
            escape[escapeLength++] = octet;
            tryEscape(position + 1, spans);
        } else {
            put(octet, position, position + 1, spans);
        }
        isApart = escapeLength > 0 || state != after || start(position + 1) != position + 1 - automaton.depth(after);
        return isApart;
    }

    private void part(long position, int plain) {
        if (starts.length == 0) {
            starts = new long[Integer.highestOneBit(automaton.longest()) * 2];
        }
        state = plain;
        for (int depth = automaton.depth(plain); depth > 0; depth--) {
            starts[(int) count++ & (starts.length - 1)] = position - depth;
        }
    }

    private void tryEscape(long end, Spans spans) {
        int meaning = escapes.read(escape, escapeLength);
        if (meaning == Escapes.NONE) {
            giveUp(end, spans);
        } else if (meaning != Escapes.OPEN) {
            long start = end - escapeLength;
            escapeLength = 0;
            boolean isOctet = escapes instanceof Escapes.Percent;
            int length = isOctet ? 1 : Utf8.put(meaning, character, 0);
            if (isOctet) {
                character[0] = (byte) meaning;
            }
            for (int i = 0; i < length; i++) {
                put(character[i], start, end, spans);
            }
        }
    }

    /** What looked like an escape stands for itself. */
    private void giveUp(long end, Spans spans) {
        long start = end - escapeLength;
        int length = escapeLength;
        escapeLength = 0;
        for (int i = 0; i < length; i++) {
            put(escape[i], start + i, start + i + 1, spans);
        }
    }

    private void put(byte octet, long start, long end, Spans spans) {
        starts[(int) count++ & (starts.length - 1)] = start;
        state = automaton.next(state, octet);
        int length = automaton.found(state);
        if (length > 0) {
            spans.span(starts[(int) (count - length) & (starts.length - 1)], end);
        }
    }

    /** Where the pattern begins that it is in; {@code position} when it is in none. */
    private long start(long position) {
        int depth = automaton.depth(state);
        return depth == 0 ? position : starts[(int) (count - depth) & (starts.length - 1)];
    }

    /** There is no more; {@code end} is how much has been read. */
    void finish(long end, Spans spans) {
        giveUp(end, spans);
    }

    /** Up to where no value begins that this reading may still find, when so much has been read. */
    long decided(long position) {
        return isApart ? start(position - escapeLength) : position;
    }
}
