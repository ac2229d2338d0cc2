// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import java.nio.charset.StandardCharsets;

/**
 * Reads one JSON text (RFC 8259) in pieces of any size and tells of its parts. It takes nothing that the grammar
 * does not have, because what another reader would make of it cannot be known: no comments, no trailing commas, no
 * NaN. Only a byte order mark is let pass in front. All that it keeps between two pieces is where it is; open
 * objects and arrays are one bit each. Belongs to one thread.
 */
final class JsonSyntax {
    private static final byte[][] LITERALS = {ascii("true"), ascii("false"), ascii("null")};
    private static final int NULL = 2;

    private final JsonEvents events;
    private final StringSyntax string = new StringSyntax();
    private final NumberSyntax number = new NumberSyntax();

    private State state = State.START;
    private int maxDepth;
    private int depth;
    /** A bit for each depth: whether what is open there is an object. */
    private long objects;

    private long tokenStart;
    private int literal;
    private int literalRead;

    /** How many bytes were fed before this piece, less the index where the piece begins. */
    private long shift;

    private long position;

    private enum State {
        START,
        MARK_2,
        MARK_3,
        VALUE,
        FIRST_VALUE,
        FIRST_NAME,
        NAME,
        COLON,
        AFTER,
        IN_NAME,
        IN_STRING,
        IN_NUMBER,
        IN_LITERAL
    }

    JsonSyntax(JsonEvents events, int maxDepth) {
        this.events = events;
        this.maxDepth = maxDepth;
    }

    /** Another text begins; positions count on. */
    void restart(int newMaxDepth) {
        maxDepth = newMaxDepth;
        depth = 0;
        state = State.START;
    }

    /** Whether nothing but whitespace was read since the start. */
    boolean isBlank() {
        return state == State.START || (state == State.VALUE && depth == 0);
    }

    void feed(byte[] bytes, int offset, int length) throws Unmaskable {
        shift = position - offset;
        int end = offset + length;
        int at = offset;
        while (at < end) {
            at = switch (state) {
                case START, MARK_2, MARK_3 -> mark(bytes[at], at);
                case IN_NAME, IN_STRING -> string(bytes, at, end);
                case IN_NUMBER -> number(bytes, at, end);
                case IN_LITERAL -> literal(bytes, at, end);
                case VALUE, FIRST_VALUE, FIRST_NAME, NAME, COLON, AFTER -> between(bytes, at, end);
            };
        }
        position += length;
    }

    /** How many bytes were fed. */
    long position() {
        return position;
    }

    void finish() throws Unmaskable {
        if (state == State.IN_NUMBER && number.mayEnd()) {
            state = State.AFTER;
            events.number(tokenStart, position);
        }
        if (state == State.IN_STRING || state == State.IN_NAME) {
            throw string.cut(position);
        }
        if (state != State.AFTER || depth > 0) {
            throw wrong(isBlank() ? "there is no value" : "it ends in the middle of a value", position);
        }
    }

    static Unmaskable wrong(String what, long at) {
        return new Unmaskable(Reason.SYNTAX, "it is not JSON: " + what + ", at byte " + at);
    }

    private int mark(byte b, int at) throws Unmaskable {
        State next = switch (state) {
            case START -> b == (byte) 0xEF ? State.MARK_2 : State.VALUE;
            case MARK_2 -> b == (byte) 0xBB ? State.MARK_3 : null;
            default -> b == (byte) 0xBF ? State.VALUE : null;
        };
        if (next == null) {
            throw wrong("a byte order mark is broken", shift + at);
        }
        boolean isMark = state != State.START || next == State.MARK_2;
        state = next;
        return isMark ? at + 1 : at;
    }

    /** Reads up to where a string, number or literal begins. */
    private int between(byte[] bytes, int from, int end) throws Unmaskable {
        for (int at = from; at < end; at++) {
            switch (bytes[at]) {
                case ' ', '\n', '\r', '\t' -> {}
                case ',' -> comma(at);
                case ':' -> colon(at);
                case '"' -> {
                    quote(at);
                    return at + 1;
                }
                case '{' -> open(at, true);
                case '[' -> open(at, false);
                case '}' -> close(at, true);
                case ']' -> close(at, false);
                default -> {
                    scalar(bytes[at], at);
                    return at;
                }
            }
        }
        return end;
    }

    private void comma(int at) throws Unmaskable {
        if (state != State.AFTER || depth == 0) {
            throw wrong("a comma is out of place", shift + at);
        }
        state = inObject() ? State.NAME : State.VALUE;
    }

    private void colon(int at) throws Unmaskable {
        if (state != State.COLON) {
            throw wrong("a colon is out of place", shift + at);
        }
        state = State.VALUE;
    }

    private void quote(int at) throws Unmaskable {
        if (state == State.NAME || state == State.FIRST_NAME) {
            state = State.IN_NAME;
        } else if (state == State.VALUE || state == State.FIRST_VALUE) {
            state = State.IN_STRING;
        } else {
            throw wrong("a string is out of place", shift + at);
        }
        tokenStart = shift + at + 1;
        string.begin();
    }

    private void open(int at, boolean object) throws Unmaskable {
        if (state != State.VALUE && state != State.FIRST_VALUE) {
            throw wrong("an opening bracket is out of place", shift + at);
        }
        if (depth == maxDepth) {
            throw new Unmaskable(Reason.DEPTH, "it nests too deep at byte " + (shift + at));
        }
        events.open(shift + at, object);
        long bit = 1L << depth;
        objects = object ? objects | bit : objects & ~bit;
        depth++;
        state = object ? State.FIRST_NAME : State.FIRST_VALUE;
    }

    private void close(int at, boolean object) throws Unmaskable {
        State empty = object ? State.FIRST_NAME : State.FIRST_VALUE;
        if (depth == 0 || inObject() != object || (state != State.AFTER && state != empty)) {
            throw wrong("a closing bracket is out of place", shift + at);
        }
        depth--;
        state = State.AFTER;
        events.close(shift + at + 1);
    }

    private boolean inObject() {
        return ((objects >>> (depth - 1)) & 1) != 0;
    }

    private void scalar(byte first, int at) throws Unmaskable {
        boolean digit = first == '-' || (first >= '0' && first <= '9');
        literal = first == 't' ? 0 : first == 'f' ? 1 : first == 'n' ? NULL : -1;
        if ((state != State.VALUE && state != State.FIRST_VALUE) || (!digit && literal < 0)) {
            throw wrong("something else stands where its grammar has no place for it", shift + at);
        }
        tokenStart = shift + at;
        literalRead = 0;
        number.begin();
        state = digit ? State.IN_NUMBER : State.IN_LITERAL;
    }

    private int string(byte[] bytes, int from, int end) throws Unmaskable {
        int at = string.read(bytes, from, end, shift);
        if (at == end) {
            return end;
        }
        if (state == State.IN_NAME) {
            state = State.COLON;
            events.name(tokenStart, shift + at, string.traits());
        } else {
            state = State.AFTER;
            events.string(tokenStart, shift + at, string.traits());
        }
        return at + 1;
    }

    private int number(byte[] bytes, int from, int end) throws Unmaskable {
        int at = number.read(bytes, from, end, shift);
        if (at < end) {
            state = State.AFTER;
            events.number(tokenStart, shift + at);
        }
        return at;
    }

    private int literal(byte[] bytes, int from, int end) throws Unmaskable {
        byte[] word = LITERALS[literal];
        int at = from;
        for (; at < end && literalRead < word.length; at++, literalRead++) {
            if (bytes[at] != word[literalRead]) {
                throw wrong("a literal is none of JSON's", shift + at);
            }
        }
        if (literalRead == word.length) {
            state = State.AFTER;
            events.literal(tokenStart, shift + at, literal == NULL);
        }
        return at;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
