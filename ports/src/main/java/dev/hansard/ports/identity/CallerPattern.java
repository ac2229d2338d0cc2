// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.value.InvalidValueException;

/**
 * Callers by subject or group: {@code group:checkout}, {@code spiffe://prod.example.com/ns/shop/*}, {@code key:ci-*}. A
 * star stands for any run of chars, slashes too; everything else is taken as it is, with its case.
 *
 * @since 0.1
 */
public record CallerPattern(String text) {
    /** What a pattern for groups begins with. */
    public static final String GROUP = "group:";

    /** The longest pattern. */
    public static final int LONGEST = 512;

    public CallerPattern {
        if (text.isBlank() || text.length() > LONGEST || text.equals(GROUP)) {
            throw new InvalidValueException(
                    "a caller must be a subject or group:NAME of at most " + LONGEST + " chars, with * for any run");
        }
    }

    /** Whether it names one subject or group only. */
    public boolean isLiteral() {
        return text.indexOf('*') < 0;
    }

    /** Whether the caller is one of these. */
    public boolean matches(Caller caller) {
        if (!text.startsWith(GROUP)) {
            return fits(caller.subject(), text, 0);
        }
        for (String group : caller.groups()) {
            if (fits(group, text, GROUP.length())) {
                return true;
            }
        }
        return false;
    }

    /** Greedy matching with one way back: linear in practice and at most length times length, without recursion. */
    private static boolean fits(String value, String pattern, int from) {
        int at = 0;
        int next = from;
        int star = -1;
        int resume = 0;
        while (at < value.length()) {
            if (next < pattern.length() && pattern.charAt(next) == '*') {
                star = next++;
                resume = at;
            } else if (next < pattern.length() && pattern.charAt(next) == value.charAt(at)) {
                next++;
                at++;
            } else if (star >= 0) {
                next = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (next < pattern.length() && pattern.charAt(next) == '*') {
            next++;
        }
        return next == pattern.length();
    }
}
