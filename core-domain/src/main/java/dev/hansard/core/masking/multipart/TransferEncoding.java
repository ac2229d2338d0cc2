// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.multipart;

import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import java.util.Base64;
import java.util.Locale;

/**
 * How the content of a part is encoded (RFC 2045 section 6); decoding is strict, because readers differ in the rest.
 */
enum TransferEncoding {
    NONE,
    BASE64,
    QUOTED_PRINTABLE;

    private static final int MAX_LINE = 76;
    private static final String HEX = "0123456789ABCDEF";

    static TransferEncoding of(String value) throws Unmaskable {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "", "7bit", "8bit", "binary" -> NONE;
            case "base64" -> BASE64;
            case "quoted-printable" -> QUOTED_PRINTABLE;
            default -> throw damaged();
        };
    }

    MaskedBytes decoded(byte[] bytes, int from, int to) throws Unmaskable {
        var out = new MaskedBytes(to - from);
        switch (this) {
            case NONE -> out.add(bytes, from, to - from);
            case BASE64 -> base64(bytes, from, to, out);
            case QUOTED_PRINTABLE -> quotedPrintable(bytes, from, to, out);
        }
        return out;
    }

    byte[] encoded(byte[] content) {
        return switch (this) {
            case NONE -> content;
            case BASE64 -> Base64.getMimeEncoder().encode(content);
            case QUOTED_PRINTABLE -> quoted(content);
        };
    }

    private static void base64(byte[] bytes, int from, int to, MaskedBytes out) throws Unmaskable {
        var digits = new MaskedBytes(to - from);
        for (int i = from; i < to; i++) {
            if (bytes[i] != '\r' && bytes[i] != '\n' && bytes[i] != ' ' && bytes[i] != '\t') {
                digits.add(bytes[i]);
            }
        }
        try {
            out.add(Base64.getDecoder().decode(digits.toArray()));
        } catch (IllegalArgumentException _) {
            throw damaged();
        }
    }

    private static void quotedPrintable(byte[] bytes, int from, int to, MaskedBytes out) throws Unmaskable {
        int i = from;
        while (i < to) {
            if (bytes[i] != '=') {
                out.add(bytes[i++]);
                continue;
            }
            int high = i + 2 < to ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < to ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                i = softBreak(bytes, i + 1, to);
            } else {
                out.add(high << 4 | low);
                i += 3;
            }
        }
    }

    /** Gives the start of the next line. */
    private static int softBreak(byte[] bytes, int at, int to) throws Unmaskable {
        int i = at;
        while (i < to && (bytes[i] == ' ' || bytes[i] == '\t')) {
            i++;
        }
        if (i < to && bytes[i] == '\r') {
            i++;
        }
        if (i < to && bytes[i] != '\n') {
            throw damaged();
        }
        return Math.min(i + 1, to);
    }

    private static byte[] quoted(byte[] content) {
        var out = new MaskedBytes(content.length);
        int column = 0;
        for (int i = 0; i < content.length; i++) {
            int b = content[i] & 0xFF;
            boolean lineEnd = b == '\n' || b == '\r';
            boolean beforeEnd = i + 1 == content.length || content[i + 1] == '\n' || content[i + 1] == '\r';
            boolean plain = (b > ' ' && b < 0x7F && b != '=') || ((b == ' ' || b == '\t') && !beforeEnd) || lineEnd;
            if (!lineEnd && column + (plain ? 1 : 3) >= MAX_LINE) {
                out.add('=');
                out.add('\r');
                out.add('\n');
                column = 0;
            }
            if (plain) {
                out.add(b);
            } else {
                out.add('=');
                out.add(HEX.charAt(b >> 4));
                out.add(HEX.charAt(b & 0xF));
            }
            column = lineEnd ? 0 : column + (plain ? 1 : 3);
        }
        return out.toArray();
    }

    private static Unmaskable damaged() {
        return new Unmaskable(Reason.CODING, "a part is not in its transfer encoding, or that is not known");
    }
}
