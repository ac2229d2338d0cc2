// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.xml;

import dev.hansard.core.masking.format.Spelled;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import java.nio.charset.StandardCharsets;

/** Resolves references in text and values (XML 1.0 section 4.1), and writes them. */
final class XmlText {
    /** Longest reference from {@code &} to {@code ;}: what is longer is none of those that are known. */
    private static final int MAX_REFERENCE = 16;

    private XmlText() {}

    static Spelled unescaped(byte[] bytes, int from, int to) throws Unmaskable {
        int amp = from;
        while (amp < to && bytes[amp] != '&') {
            amp++;
        }
        if (amp == to) {
            return Spelled.plain(bytes, from, to);
        }
        Spelled value = Spelled.escaped(bytes, from, to);
        int i = from;
        while (i < to) {
            i = bytes[i] == '&' ? reference(bytes, i, to, value) : plain(bytes, i, value);
        }
        return value;
    }

    private static int plain(byte[] bytes, int at, Spelled value) {
        value.add(bytes[at], at);
        return at + 1;
    }

    private static int reference(byte[] bytes, int amp, int to, Spelled value) throws Unmaskable {
        int end = amp + 1;
        while (end < to && end - amp < MAX_REFERENCE && bytes[end] != ';') {
            end++;
        }
        if (end == to || bytes[end] != ';') {
            throw unknown();
        }
        var name = new String(bytes, amp + 1, end - amp - 1, StandardCharsets.ISO_8859_1);
        int point = switch (name) {
            case "lt" -> '<';
            case "gt" -> '>';
            case "amp" -> '&';
            case "apos" -> '\'';
            case "quot" -> '"';
            default -> numeric(name);
        };
        for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
            value.add(b, amp);
        }
        return end + 1;
    }

    private static int numeric(String name) throws Unmaskable {
        boolean hex = name.startsWith("#x");
        String digits = hex ? name.substring(2) : name.startsWith("#") ? name.substring(1) : "";
        boolean valid = !digits.isEmpty() && digits.chars().allMatch(c -> Character.digit(c, hex ? 16 : 10) >= 0);
        long point = valid ? Long.parseLong(digits, hex ? 16 : 10) : 0;
        boolean control = point < ' ' && point != '\t' && point != '\n' && point != '\r';
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        if (control || surrogate || point > Character.MAX_CODE_POINT) {
            throw unknown();
        }
        return (int) point;
    }

    private static Unmaskable unknown() {
        return new Unmaskable(Reason.SYNTAX, "a reference is of no character that is known without a document type");
    }

    /** Whether it has what ends a CDATA section, and so may not stand in text. */
    static boolean endsSection(byte[] text) {
        for (int i = 0; i + 2 < text.length; i++) {
            if (text[i] == ']' && text[i + 1] == ']' && text[i + 2] == '>') {
                return true;
            }
        }
        return false;
    }

    /** As text, or a value in double quotes, may hold it. */
    static byte[] escaped(byte[] text, int from, int to) {
        var out = new MaskedBytes(to - from);
        for (int i = from; i < to; i++) {
            switch (text[i]) {
                case '<' -> out.add("&lt;".getBytes(StandardCharsets.US_ASCII));
                case '>' -> out.add("&gt;".getBytes(StandardCharsets.US_ASCII));
                case '&' -> out.add("&amp;".getBytes(StandardCharsets.US_ASCII));
                case '"' -> out.add("&quot;".getBytes(StandardCharsets.US_ASCII));
                case '\'' -> out.add("&apos;".getBytes(StandardCharsets.US_ASCII));
                case '\r' -> out.add("&#13;".getBytes(StandardCharsets.US_ASCII));
                default -> out.add(text[i]);
            }
        }
        return out.toArray();
    }
}
