// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import java.nio.charset.StandardCharsets;

/**
 * What a content in UTF-8 looks like. Each question reads the content once at most.
 */
public final class Looks {
    private static final byte RECORD_SEPARATOR = 0x1E;
    private static final byte[] PDF = ascii("%PDF-");
    private static final byte[] DATA = ascii("data:");
    private static final byte[] EVENT = ascii("event:");
    private static final byte[] XML_DECLARATION = ascii("<?xml");

    private final byte[] bytes;
    private final int from;
    private final int to;
    private final int start;

    public Looks(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.start = behindBlanks(from);
    }

    /** JSON texts each behind a record separator (RFC 7464). */
    boolean isJsonSequence() {
        return from < to && bytes[from] == RECORD_SEPARATOR;
    }

    /** Whether it has bytes that no text has. */
    public boolean isBinary() {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
                return true;
            }
        }
        return begins(start, PDF);
    }

    /** Whether it begins as JSON does and hardly anything else; or is one JSON string. */
    public boolean isJson() {
        return switch (at(start)) {
            case '{' -> {
                int next = at(behindBlanks(start + 1));
                yield next == '"' || next == '}';
            }
            case '[' -> isArray();
            case '"' -> isString();
            default -> false;
        };
    }

    private boolean isArray() {
        int at = start;
        while (at(at) == '[') {
            at = behindBlanks(at + 1);
        }
        return switch (at(at)) {
            case ']', '"' -> true;
            case '{' -> {
                int next = at(behindBlanks(at + 1));
                yield next == '"' || next == '}';
            }
            default -> isLiteral(at);
        };
    }

    /** A number or a word, with what may follow it in an array. */
    private boolean isLiteral(int at) {
        int end = at;
        while (isLetterOrDigit(at(end)) || at(end) == '-' || at(end) == '+' || at(end) == '.') {
            end++;
        }
        int length = end - at;
        boolean word = begins(at, ascii("true")) || begins(at, ascii("null")) || begins(at, ascii("false"));
        boolean number = at(at) == '-' || (at(at) >= '0' && at(at) <= '9');
        int next = at(behindBlanks(end));
        return length > 0 && (word || number) && (next == ',' || next == ']');
    }

    private boolean isString() {
        int i = start + 1;
        while (i < to && bytes[i] != '"') {
            i += bytes[i] == '\\' ? 2 : 1;
        }
        return i < to && behindBlanks(i + 1) == to;
    }

    /** Of what looks like JSON: whether its first line is closed and another begins in the same way. */
    boolean isLines() {
        int end = start;
        while (end < to && bytes[end] != '\n') {
            end++;
        }
        int next = at(behindBlanks(end));
        int last = end - 1;
        while (last > start && (bytes[last] == ' ' || bytes[last] == '\r' || bytes[last] == '\t')) {
            last--;
        }
        return next == at(start) && last > start && bytes[last] == (next == '{' ? '}' : ']');
    }

    public boolean isXml() {
        int next = at(start + 1);
        return at(start) == '<'
                && (isLetter(next) || next == '_' || next == ':' || next == '?' || next == '!' || next >= 0x80);
    }

    public boolean isDeclaredXml() {
        return begins(start, XML_DECLARATION);
    }

    boolean isEventStream() {
        return begins(from, DATA) || begins(from, EVENT);
    }

    /** Pairs with nothing that a form has only when encoded. */
    boolean isForm() {
        int end = to;
        while (end > from && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        boolean named = false;
        int pairStart = from;
        for (int i = from; i < end; i++) {
            int b = at(i);
            if (b <= ' ' || b == '<' || b == '>' || b == '"' || b == '{' || b == '}' || b == '\\' || b == '`') {
                return false;
            }
            if (b == '&') {
                pairStart = i + 1;
            }
            named |= b == '=' && i > pairStart;
        }
        return named;
    }

    private int behindBlanks(int at) {
        int i = at;
        while (i < to && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\n' || bytes[i] == '\r')) {
            i++;
        }
        return i;
    }

    private boolean begins(int at, byte[] with) {
        if (to - at < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if (bytes[at + i] != with[i]) {
                return false;
            }
        }
        return true;
    }

    private int at(int index) {
        return index < to ? bytes[index] & 0xFF : -1;
    }

    private static boolean isLetter(int b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }

    private static boolean isLetterOrDigit(int b) {
        return isLetter(b) || (b >= '0' && b <= '9');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
