// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.notify;

import java.util.HexFormat;
import java.util.List;

/**
 * A JSON object (RFC 8259) without objects in it, in the order in which its members are added. Belongs to one thread.
 */
public final class JsonText {
    private static final char FIRST_PRINTABLE = 0x20;
    private static final HexFormat HEX = HexFormat.of();

    private final StringBuilder text = new StringBuilder("{");

    /** Adds a text. */
    public JsonText with(String name, String value) {
        name(name);
        quoted(value);
        return this;
    }

    /** Adds a number. */
    public JsonText with(String name, long value) {
        name(name);
        text.append(value);
        return this;
    }

    /** Adds an array of texts. */
    public JsonText with(String name, List<String> values) {
        name(name);
        text.append('[');
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ",");
            quoted(values.get(i));
        }
        text.append(']');
        return this;
    }

    private void name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        quoted(name);
        text.append(':');
    }

    private void quoted(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean isLone = Character.isSurrogate(c) && !isOfPair(value, i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < FIRST_PRINTABLE || c == 0x7f || isLone) {
                // Half of a pair has no form in UTF-8, so it is written as what it is.
                text.append("\\u").append(HEX.toHexDigits(c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    private static boolean isOfPair(String value, int at) {
        char c = value.charAt(at);
        return Character.isHighSurrogate(c)
                ? at + 1 < value.length() && Character.isLowSurrogate(value.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(value.charAt(at - 1));
    }

    /** The whole object. */
    @Override
    public String toString() {
        return text + "}";
    }
}
