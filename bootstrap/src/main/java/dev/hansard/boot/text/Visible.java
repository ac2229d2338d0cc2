// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.text;

/**
 * Makes recorded text safe to print: what a terminal would act on, or what would change how other text looks (control
 * characters, escape sequences, marks that turn the direction of writing), is shown as its number instead.
 */
public final class Visible {
    private static final int MOST_QUOTED = 80;

    private Visible() {}

    /** For one line: line ends are shown as well. */
    public static String inLine(String text) {
        return visible(text, false);
    }

    /** For a message that quotes it: one line, and its beginning only when it is long. */
    public static String quoted(String text) {
        boolean isLong = text.codePointCount(0, text.length()) > MOST_QUOTED;
        int end = isLong ? text.offsetByCodePoints(0, MOST_QUOTED) : text.length();
        return inLine(text.substring(0, end)) + (isLong ? "..." : "");
    }

    /** For a block of text: line feeds and tabs stay. */
    public static String inBlock(String text) {
        return visible(text, true);
    }

    /** Whether a code point is shown as its number. */
    public static boolean isHostile(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    private static String visible(String text, boolean block) {
        if (text.codePoints().noneMatch(Visible::isHostile)) {
            return text;
        }
        var shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (!isHostile(c) || (block && (c == '\n' || c == '\t'))) {
                shown.appendCodePoint(c);
            } else {
                shown.append(number(c));
            }
        });
        return shown.toString();
    }

    private static String number(int c) {
        if (c < 0x100) {
            return "\\x%02x".formatted(c);
        }
        return (c < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(c);
    }
}
