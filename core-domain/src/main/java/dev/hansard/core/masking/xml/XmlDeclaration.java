// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.xml;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a document says of itself in its first line (XML 1.0 section 2.8). */
public final class XmlDeclaration {
    /** How far the declaration is looked for, in bytes. */
    private static final int MAX_LENGTH = 256;

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private XmlDeclaration() {}

    /** The encoding that is declared, if the declaration can be read as ASCII; null for none. */
    public static @Nullable String encoding(byte[] bytes, int from, int to) {
        boolean marked = to - from > MARK.length
                && bytes[from] == MARK[0]
                && bytes[from + 1] == MARK[1]
                && bytes[from + 2] == MARK[2];
        int start = marked ? from + MARK.length : from;
        if (start >= to || bytes[start] != '<') {
            return null;
        }
        String text = text(bytes, start, to);
        int end = text.indexOf("?>");
        int name = text.indexOf("encoding");
        if (!text.startsWith("<?xml") || name < 0 || (end >= 0 && name > end)) {
            return null;
        }
        int i = name + "encoding".length();
        while (i < text.length() && " \t\r\n=".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        if (i == text.length() || (text.charAt(i) != '"' && text.charAt(i) != '\'')) {
            return "";
        }
        int close = text.indexOf(text.charAt(i), i + 1);
        return close < 0 ? "" : text.substring(i + 1, close);
    }

    /** Whether it is XML 1.1, which has other blanks and line ends. */
    static boolean isOther(byte[] bytes, int from, int to) {
        String text = text(bytes, from, to);
        int end = text.indexOf("?>");
        return text.startsWith("<?xml") && end >= 0 && !text.substring(0, end).matches("(?s).*[\"']1\\.0[\"'].*");
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, Math.min(MAX_LENGTH, to - from), StandardCharsets.ISO_8859_1);
    }
}
