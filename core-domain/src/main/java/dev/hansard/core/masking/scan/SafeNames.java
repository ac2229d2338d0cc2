// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Names of places as they may be shown and written into a configuration; what may not be becomes {@code *}. */
final class SafeNames {
    /** Longest name that a rule may select by. */
    private static final int MAX_NAME = 200;

    private static final int LONG_ID = 20;
    private static final int DIGITS_OF_ID = 6;

    private static final String ANY = "*";
    private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1," + MAX_NAME + "}");
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final Pattern HEX_ID = Pattern.compile("(?=.*\\d)[0-9a-fA-F-]{16,}");
    private static final Pattern MASKED = Pattern.compile(".*(\\*\\*\\*|\\[t:).*", Pattern.DOTALL);

    private final Predicate<String> hidesSomething;

    /** @param hidesSomething whether a text holds what must not be shown */
    SafeNames(Predicate<String> hidesSomething) {
        this.hidesSomething = hidesSomething;
    }

    /** One reference token of a JSON Pointer, as it is spelled there. */
    String token(String token) {
        String name = unescaped(token);
        return isSafe(name) && !isId(name) ? name.replace("~", "~0").replace("/", "~1") : ANY;
    }

    /** A name that is spelled as in a JSON Pointer. */
    static String unescaped(String token) {
        return token.replace("~1", "/").replace("~0", "~");
    }

    /** The name of a field of a form or of a query parameter. */
    String parameter(String name) {
        return isSafe(name) && !name.isBlank() && !isId(name)
                ? INDEX.matcher(name).replaceAll("[*]")
                : ANY;
    }

    /** What selects fields of that name; empty for nothing. Of {@code items[0][email]} the last part selects, too. */
    String parameterSelector(String name) {
        String safe = parameter(name);
        if (safe.contains("[*]")) {
            safe = safe.endsWith("]") ? safe.substring(safe.lastIndexOf('[') + 1, safe.length() - 1) : ANY;
        }
        safe = safe.strip();
        return safe.equals(ANY) || safe.isEmpty() || safe.length() > MAX_NAME ? "" : safe;
    }

    /** The name of a field of a head. */
    String header(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return FIELD_NAME.matcher(lower).matches() && isSafe(lower) ? lower : ANY;
    }

    /** The name of an element or attribute, without the sign before an attribute. */
    String xml(String name) {
        String plain = name.startsWith("@") ? name.substring(1) : name;
        return isSafe(plain) && !plain.isBlank() && !isId(plain) ? plain : ANY;
    }

    private boolean isSafe(String name) {
        // The beginning of what a configuration puts in from files and the environment.
        boolean isPlain = name.length() <= MAX_NAME
                && !name.contains("${")
                && name.codePoints().allMatch(SafeNames::isPlain);
        return isPlain && !MASKED.matcher(name).matches() && !hidesSomething.test(name);
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** Whether it looks like the id of something, of which each message has another. */
    private static boolean isId(String name) {
        if (DIGITS.matcher(name).matches() || HEX_ID.matcher(name).matches()) {
            return true;
        }
        return name.length() >= LONG_ID
                && name.chars().filter(c -> c >= '0' && c <= '9').count() >= DIGITS_OF_ID;
    }
}
