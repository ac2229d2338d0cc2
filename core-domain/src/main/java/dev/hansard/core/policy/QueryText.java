// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a query, as forms write them (WHATWG URL section 5.1): parted by {@code &}, with {@code +} for a space
 * and percent-encoded bytes of UTF-8. An encoding that is broken stays as it is.
 */
public final class QueryText {
    private QueryText() {}

    static int end(String query, int from) {
        int end = query.indexOf('&', from);
        return end < 0 ? query.length() : end;
    }

    static int equalsSign(String query, int from, int end) {
        int equals = query.indexOf('=', from);
        return equals < 0 || equals > end ? end : equals;
    }

    static boolean is(String name, String query, int from, int end) {
        if (end - from == name.length() && query.startsWith(name, from)) {
            return true;
        }
        return isEncoded(query, from, end) && decoded(query, from, end).equals(name);
    }

    private static boolean isEncoded(String query, int from, int end) {
        for (int i = from; i < end; i++) {
            if (query.charAt(i) == '%' || query.charAt(i) == '+' || query.charAt(i) >= 0x80) {
                return true;
            }
        }
        return false;
    }

    static String decoded(String query, int from, int end) {
        if (!isEncoded(query, from, end)) {
            return query.substring(from, end);
        }
        var bytes = new ByteArrayOutputStream(end - from);
        for (int i = from; i < end; i++) {
            char c = query.charAt(i);
            int high = c == '%' && i + 2 < end ? Character.digit(query.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(query.charAt(i + 2), 16);
            if (low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                // One char is one byte of the request.
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** All parameters with their values, in the order sent. */
    public static Map<String, List<String>> parameters(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (int from = 1; from <= query.length(); ) {
            int end = end(query, from);
            int equals = equalsSign(query, from, end);
            if (end > from) {
                parameters
                        .computeIfAbsent(decoded(query, from, equals), _ -> new ArrayList<>())
                        .add(decoded(query, Math.min(equals + 1, end), end));
            }
            from = end + 1;
        }
        return parameters;
    }
}
