// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.problem;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The content of an answer that Hansard itself gives: a problem details object (RFC 9457) with the members {@code
 * type}, {@code title}, {@code status}, {@code detail}, {@code code}, and where they are known {@code session} (the
 * record of the refused call) and {@code position} (index of the first wrong character of a query). A program acts on
 * {@code code}; title and type follow from it, so that they never differ from one occurrence to the next (RFC 9457
 * section 3.1).
 *
 * <p>Written by hand and not by a JSON library, since refusals are answered at the rate at which an attacker sends
 * them.
 */
public final class ProblemDocument {
    /** The media type of these bytes (RFC 9457 section 3). */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "https://hansard.dev/problems/";
    private static final int FRAME_LENGTH = 192;

    private ProblemDocument() {}

    /**
     * A problem, with the record of the refused call where there is one.
     *
     * @param status the status code of the answer
     * @param code stable word, lower case with underscores
     * @param detail one sentence for a person; never a payload, token or header value
     * @param session printed id of the record of the refused call; null when there is none
     * @return UTF-8 JSON
     */
    public static byte[] bytes(int status, String code, String detail, @Nullable String session) {
        var text = start(status, code, detail);
        if (session != null) {
            text.append(",\"session\":");
            quote(text, session);
        }
        return end(text);
    }

    /**
     * A problem with a query.
     *
     * @param position index of the first wrong character, from 0
     * @return UTF-8 JSON
     */
    public static byte[] bytesAt(int status, String code, String detail, int position) {
        return end(start(status, code, detail).append(",\"position\":").append(position));
    }

    private static StringBuilder start(int status, String code, String detail) {
        var text = new StringBuilder(FRAME_LENGTH + 3 * code.length() + detail.length());
        text.append("{\"type\":");
        quote(text, TYPE_PREFIX + code);
        text.append(",\"title\":");
        quote(text, title(code));
        text.append(",\"status\":").append(status).append(",\"detail\":");
        quote(text, detail);
        text.append(",\"code\":");
        quote(text, code);
        return text;
    }

    private static byte[] end(StringBuilder text) {
        // An unpaired surrogate becomes a question mark here, so the bytes are always UTF-8.
        return text.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** {@code upstream_timeout} reads {@code Upstream timeout}. */
    private static String title(String code) {
        return code.isEmpty()
                ? ""
                : Character.toUpperCase(code.charAt(0)) + code.substring(1).replace('_', ' ');
    }

    private static void quote(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                default -> {
                    if (isShownAsIs(c)) {
                        text.append(c);
                    } else {
                        text.append("\\u").append(HexFormat.of().toHexDigits(c));
                    }
                }
            }
        }
        text.append('"');
    }

    /**
     * What stays out: controls of ASCII and Latin-1 (a terminal acts on them), line separators and bidirectional
     * controls (they make text look like other text), and the angle bracket (a sniffing browser may see markup).
     */
    private static boolean isShownAsIs(char c) {
        if (c < 0x7f) {
            return c >= ' ' && c != '<';
        }
        boolean isBidirectional = c == '\u061c' || c == '\u200e' || c == '\u200f' || (c >= '\u2028' && c <= '\u202e');
        return c > '\u009f' && !isBidirectional && !(c >= '\u2066' && c <= '\u2069');
    }
}
