// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the form of a token request (RFC 6749 section 3.2): each parameter once, and those without a value left out.
 * Strictly, because what has two readings could be decided on by one and logged by the other.
 */
final class TokenForm {
    static final String GRANT_TYPE = "grant_type";

    /** The most parameters; a request has three or four. */
    static final int MOST_PARAMETERS = 32;

    private static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

    private TokenForm() {}

    /** The parameters; null when it is no such form. */
    static @Nullable Map<String, String> parse(List<String> contentTypes, byte[] content) {
        if (contentTypes.size() != 1 || !isForm(contentTypes.getFirst())) {
            return null;
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        String text = new String(content, StandardCharsets.ISO_8859_1);
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
            if (name == null || value == null || parameters.size() == MOST_PARAMETERS) {
                return null;
            }
            if (parameters.putIfAbsent(name, value) != null) {
                return null;
            }
        }
        parameters.values().removeIf(String::isEmpty);
        return parameters;
    }

    private static boolean isForm(String contentType) {
        int end = contentType.indexOf(';');
        String essence = end < 0 ? contentType : contentType.substring(0, end);
        return essence.strip().toLowerCase(Locale.ROOT).equals(MEDIA_TYPE);
    }

    /** The text of ASCII with percent signs; null when it is not well formed. */
    private static @Nullable String decoded(String encoded) {
        var bytes = new ByteArrayOutputStream(encoded.length());
        for (int at = 0; at < encoded.length(); at++) {
            char c = encoded.charAt(at);
            if (c == '%') {
                boolean isWhole = encoded.length() - at > 2;
                int high = isWhole ? digit(encoded.charAt(at + 1)) : -1;
                int low = isWhole ? digit(encoded.charAt(at + 2)) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                bytes.write(high << 4 | low);
                at += 2;
            } else if (c <= ' ' || c > '~') {
                return null;
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        return utf8(bytes.toByteArray());
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }

    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
