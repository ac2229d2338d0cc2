// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.exact;

import java.util.List;

/**
 * Looks for exact values in a text that comes in pieces; what it finds does not depend on where it was cut. It keeps no
 * text. The text is read as it stands, and beside that by one reading for each way of escaping, from where an escape
 * stands up to where both have come to the same. Belongs to one thread.
 */
public final class ExactStream {
    private final Automaton automaton;
    private final List<Unescaping> readings;
    private int state;
    private long position;
    private boolean isApart;

    /** Told of each value; places count from the first byte that was ever fed. */
    public interface Spans {
        /** Values come in the order of their ends; they may overlap, and one may come twice. */
        void span(long from, long to);
    }

    ExactStream(Automaton automaton) {
        this.automaton = automaton;
        readings = List.of(
                new Unescaping(automaton, new Escapes.Percent()),
                new Unescaping(automaton, new Escapes.Json()),
                new Unescaping(automaton, new Escapes.Html()));
    }

    public void feed(byte[] bytes, int from, int to, Spans spans) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            int before = state;
            state = automaton.next(before, b);
            int length = automaton.found(state);
            position++;
            if (length > 0) {
                spans.span(position - length, position);
            }
            if (isApart || b == '%' || b == '\\' || b == '&') {
                readApart(b, before, spans);
            }
        }
    }

    private void readApart(byte b, int before, Spans spans) {
        isApart = false;
        for (Unescaping reading : readings) {
            isApart |= reading.read(b, position - 1, before, state, spans);
        }
    }

    /** There is no more. */
    public void finish(Spans spans) {
        readings.forEach(reading -> reading.finish(position, spans));
    }

    /**
     * Up to where the text is decided: no value that is found later begins before. What comes in at once need not be
     * held back but from here on.
     */
    public long decided() {
        long decided = position - automaton.depth(state);
        for (Unescaping reading : readings) {
            decided = Math.min(decided, reading.decided(position));
        }
        return decided;
    }
}
