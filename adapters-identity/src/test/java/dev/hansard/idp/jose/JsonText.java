// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes JSON for tests, so that what is under test does not write what it reads. */
public final class JsonText {
    private JsonText() {}

    public static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> quoted(text);
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> quoted(String.valueOf(entry.getKey())) + ":" + of(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case List<?> list -> list.stream().map(JsonText::of).collect(Collectors.joining(",", "[", "]"));
            default -> value.toString();
        };
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            boolean isPlain = letter >= ' ' && letter != '"' && letter != '\\' && !Character.isSurrogate(letter);
            quoted.append(isPlain ? String.valueOf(letter) : "\\u%04x".formatted((int) letter));
        }
        return quoted.append('"').toString();
    }
}
