// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.masking;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Puts canaries into JSON, and into what is nearly JSON: it looks for quotes, digits and brackets and never minds what
 * stands between. The escapes that a string had stay beside its canary.
 */
final class PlantedJson {
    private static final String WORD = "PLANTED7";
    private static final String DIGITS = "6130957713";
    private static final String CARD = "411111111111";

    private static final List<String> SECRET_NAMES = List.of(
            "password",
            "\\u0070assword",
            "PassWord",
            "\uFF50assword",
            "pa\u017F\u017Fword",
            "api_key",
            "api\\u002dkey",
            "cvv",
            "accessToken");
    private static final List<String> CARD_STRINGS = List.of(
            "4111111111111111",
            "4111 1111 1111 1111",
            "4111-1111-1111-1111",
            "4111\u00a01111\u00a01111\u00a01111",
            "\\u0034111111111111111",
            "4111\\u00201111 1111\\u00201111",
            "see 4111111111111111, please");
    private static final List<String> CARD_NUMBERS = List.of("4111111111111111", "-4111111111111111");
    // What only a reader of JSON takes for a card.
    private static final List<String> CARDS_BY_EXPONENT = List.of("4.111111111111111E15", "41111111111111110e-1");

    private final Random random;

    PlantedJson(Random random) {
        this.random = random;
    }

    /** What stands in the place of a name, a string or a number. */
    private interface Swap {
        /** Without its quotes. */
        String name(String raw);

        /** Without its quotes. */
        String string(String raw, boolean inObject);

        String number(String raw, boolean inObject);
    }

    /** Every name is a secret one, and whatever stands below a name is a canary. */
    String belowSecretNames(String text) {
        return swapped(text, new Swap() {
            @Override
            public String name(String raw) {
                return pick(SECRET_NAMES);
            }

            @Override
            public String string(String raw, boolean inObject) {
                return inObject ? beside(raw, WORD) : raw;
            }

            @Override
            public String number(String raw, boolean inObject) {
                return inObject ? digits() : raw;
            }
        });
    }

    /** Every name, string and number is a canary, for whoever puts it all below a secret name. */
    String everywhere(String text) {
        return swapped(text, new Swap() {
            @Override
            public String name(String raw) {
                return beside(raw, WORD);
            }

            @Override
            public String string(String raw, boolean inObject) {
                return beside(raw, WORD);
            }

            @Override
            public String number(String raw, boolean inObject) {
                return digits();
            }
        });
    }

    /**
     * Every name, string and number is that of a card.
     *
     * @param exponents whether numbers may be written with one
     */
    String cards(String text, boolean exponents) {
        return swapped(text, new Swap() {
            @Override
            public String name(String raw) {
                return beside(raw, " " + pick(CARD_STRINGS) + " ");
            }

            @Override
            public String string(String raw, boolean inObject) {
                return beside(raw, " " + pick(CARD_STRINGS) + " ");
            }

            @Override
            public String number(String raw, boolean inObject) {
                return pick(exponents && random.nextBoolean() ? CARDS_BY_EXPONENT : CARD_NUMBERS);
            }
        });
    }

    /** Whether a canary is left in what a reader has read, without what separates groups of digits. */
    static boolean isIn(String reading) {
        String joined = reading.replaceAll("[ .\u00a0-]", "");
        return Stream.of(WORD, DIGITS, CARD).anyMatch(joined::contains);
    }

    private String beside(String raw, String canary) {
        return switch (random.nextInt(3)) {
            case 0 -> canary + raw;
            case 1 -> raw + canary;
            default -> canary;
        };
    }

    private String digits() {
        return pick(List.of("", "-")) + DIGITS + pick(List.of("", ".5", "e3"));
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static String swapped(String text, Swap swap) {
        var out = new StringBuilder(text.length());
        var open = new ArrayDeque<Character>();
        int objects = 0;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = at + 1;
            if (c == '"') {
                end = endOfString(text, at);
                boolean closed = text.charAt(end - 1) == '"' && end > at + 1;
                String raw = text.substring(at + 1, closed ? end - 1 : end);
                String by = isName(text, end) ? swap.name(raw) : swap.string(raw, objects > 0);
                out.append('"').append(by).append(closed ? "\"" : "");
            } else if (isOfNumber(c)) {
                end = endOfNumber(text, at);
                out.append(swap.number(text.substring(at, end), objects > 0));
            } else {
                objects += step(open, c);
                out.append(c);
            }
            at = end;
        }
        return out.toString();
    }

    /** By how much the open objects change. */
    private static int step(ArrayDeque<Character> open, char c) {
        if (c == '{' || c == '[') {
            open.push(c);
            return c == '{' ? 1 : 0;
        }
        if ((c == '}' || c == ']') && !open.isEmpty()) {
            return open.pop() == '{' ? -1 : 0;
        }
        return 0;
    }

    /** Behind the closing quote, or the end of the text. */
    private static int endOfString(String text, int from) {
        int at = from + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, text.length());
    }

    private static boolean isName(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() && text.charAt(at) == ':';
    }

    private static boolean isOfNumber(char c) {
        return c == '-' || (c >= '0' && c <= '9');
    }

    private static int endOfNumber(String text, int from) {
        int at = from;
        while (at < text.length() && (isOfNumber(text.charAt(at)) || ".eE+".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }
}
