// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request to the API, read strictly: a parameter that is unknown or given twice is refused, since a
 * misspelled filter that is ignored shows more than was asked for.
 */
final class QueryParameters {
    private final Map<String, String> values;

    private QueryParameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads {@code application/x-www-form-urlencoded} text.
     *
     * @param raw the query without its question mark, maybe empty
     * @param known every parameter that the operation has
     * @throws RefusedException when it is not well formed or has others
     */
    static QueryParameters parse(String raw, List<String> known) {
        Map<String, String> values = all(raw);
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw RefusedException.invalidParameter("Parameter '" + shown(name) + "' is unknown here; "
                        + (known.isEmpty() ? "there are none." : "known are " + String.join(", ", known) + "."));
            }
        }
        return new QueryParameters(values);
    }

    /**
     * Reads the same, whatever its parameters are.
     *
     * @throws RefusedException when it is not well formed, or has a parameter twice
     */
    static Map<String, String> all(String raw) {
        var values = new LinkedHashMap<String, String>();
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                if (values.putIfAbsent(name, value) != null) {
                    throw RefusedException.invalidParameter(
                            "Parameter '" + shown(name) + "' is given twice; give it once.");
                }
            }
        }
        return values;
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** A whole number within bounds. */
    long number(String name, long otherwise, long least, long most) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        return number("Parameter '" + name + "'", text, least, most);
    }

    /** Reads digits, and nothing else: no sign, no space. */
    static long number(String subject, String text, long least, long most) {
        boolean isDigits =
                !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        long value = isDigits ? Long.parseLong(text) : -1;
        if (!isDigits || value < least || value > most) {
            throw RefusedException.invalidParameter(
                    subject + " must be a whole number within " + least + " to " + most + ".");
        }
        return value;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw RefusedException.invalidParameter(
                    "The query has a percent sign without two hexadecimal digits; write %25 for a percent sign.");
        }
    }

    private static String shown(String name) {
        return name.length() > 32 ? name.substring(0, 32) + "..." : name;
    }
}
