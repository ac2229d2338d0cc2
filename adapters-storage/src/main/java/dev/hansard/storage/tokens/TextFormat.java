// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tokens;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the bytes of a content become characters.
 *
 * @param escapes which escapes are undone
 * @param charset of the bytes
 */
public record TextFormat(Escapes escapes, Charset charset) {
    /** A target, and the content of a form. */
    public static final TextFormat FORM = new TextFormat(Escapes.PERCENT, StandardCharsets.UTF_8);

    /** What has no label, such as the value of a field. */
    public static final TextFormat PLAIN = new TextFormat(Escapes.NONE, StandardCharsets.UTF_8);

    /** Types that are text without being called that. */
    private static final List<String> TEXTS = List.of(
            "application/xml",
            "application/javascript",
            "application/ecmascript",
            "application/graphql",
            "application/sql",
            "application/yaml",
            "application/x-yaml",
            "application/toml",
            "application/jwt",
            "multipart/form-data");

    private static final List<String> JSON =
            List.of("application/json", "text/json", "application/x-ndjson", "application/ndjson", "application/jsonl");

    private static final String CHARSET = "charset=";

    /** Escapes that are undone, so that a text is found as people know it. */
    public enum Escapes {
        NONE,
        /** A backslash and what follows it (RFC 8259 section 7). */
        JSON,
        /** Percent and two digits, and plus for a blank (the URL standard, application/x-www-form-urlencoded). */
        PERCENT
    }

    /**
     * The format of a content.
     *
     * @param contentType the value of its field; empty when there was none
     * @return null when it is no text
     */
    public static @Nullable TextFormat of(String contentType) {
        String label = contentType.toLowerCase(Locale.ROOT);
        int end = label.indexOf(';');
        String type = (end < 0 ? label : label.substring(0, end)).strip();
        Charset charset = charset(label);
        if (charset == null) {
            return null;
        }
        if (JSON.contains(type) || type.endsWith("+json")) {
            return new TextFormat(Escapes.JSON, charset);
        }
        if (type.equals("application/x-www-form-urlencoded")) {
            return new TextFormat(Escapes.PERCENT, charset);
        }
        boolean text = type.isEmpty() || type.startsWith("text/") || type.endsWith("+xml") || TEXTS.contains(type);
        return text ? new TextFormat(Escapes.NONE, charset) : null;
    }

    /** UTF-8 where none is named; null for one that this JVM does not have. */
    private static @Nullable Charset charset(String label) {
        int at = label.indexOf(CHARSET);
        if (at < 0) {
            return StandardCharsets.UTF_8;
        }
        String rest = label.substring(at + CHARSET.length());
        int end = rest.indexOf(';');
        String name = (end < 0 ? rest : rest.substring(0, end)).strip().replace("\"", "");
        try {
            Charset charset = Charset.forName(name);
            return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
