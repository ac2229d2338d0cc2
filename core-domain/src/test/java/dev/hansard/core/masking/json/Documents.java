// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.rule.MaskAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Makes JSON of every shape out of few names, so that selectors meet, with something to recognise here and there. */
final class Documents {
    static final List<String> NAMES =
            List.of("a", "b", "Ab", "user-name", "", "0", "1", "caf\u00e9", "x/y", "\uD83D\uDE00", "4111111111111111");

    private static final List<String> TEXTS = List.of(
            "plain",
            "",
            " ",
            "4111 1111 1111 1234",
            "n:4111111111111111!",
            "a sk_abcdefgh0 b sk_12345678",
            "\u043a\u043b\u044e\u0447",
            "x\u043a\u043b\u044e\u0447\u20ac",
            "\uD83D\uDE00\"\\/\n",
            "***",
            "null",
            "{",
            "[1",
            "\u0000\u001f\u007f");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "12",
            "-3.50",
            "1e9",
            "2E-7",
            "6.02e+23",
            "4111111111111111",
            "-4111111111111234",
            "123456789012345678901234567890");
    private static final List<String> BLANKS = List.of("", "", "", " ", "\n", "\t\r\n  ");
    private static final List<MaskAction> ACTIONS = List.of(
            new MaskAction.Redact(),
            new MaskAction.Drop(),
            new MaskAction.Type("pin"),
            new MaskAction.KeepLast(3),
            new MaskAction.Token());

    private final Random random;
    private int left = 25;

    Documents(Random random) {
        this.random = random;
    }

    static byte[] one(Random random) {
        var documents = new Documents(random);
        String mark = random.nextInt(10) == 0 ? "\uFEFF" : "";
        return (mark + documents.blank() + documents.value(0) + documents.blank()).getBytes(StandardCharsets.UTF_8);
    }

    /** Some selectors with all kinds of steps. */
    static List<Masking.Path> paths(Random random) {
        var paths = new ArrayList<Masking.Path>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            var steps = new ArrayList<Masking.Step>();
            for (int j = random.nextInt(3); j >= 0; j--) {
                boolean descend = random.nextInt(3) == 0;
                steps.add(
                        switch (random.nextInt(4)) {
                            case 0 -> Masking.Step.any(descend);
                            case 1 -> Masking.Step.index(descend, random.nextInt(3));
                            default -> Masking.Step.name(descend, pick(NAMES, random));
                        });
            }
            paths.add(new Masking.Path("rule" + i, pick(ACTIONS, random), steps, random.nextBoolean()));
        }
        return paths;
    }

    private String value(int depth) {
        left--;
        return switch (left < 0 || depth > 6 ? random.nextInt(4, 9) : random.nextInt(10)) {
            case 0, 1, 9 -> object(depth);
            case 2, 3 -> array(depth);
            case 4 -> pick(NUMBERS, random);
            case 5 -> pick(List.of("true", "false", "null"), random);
            case 6 -> left < 0 ? "1" : string(value(depth + 1), true);
            default -> string(pick(TEXTS, random), false);
        };
    }

    private String object(int depth) {
        var members = new ArrayList<String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            members.add(blank() + string(anyCase(pick(NAMES, random)), false) + blank() + ":" + blank()
                    + value(depth + 1) + blank());
        }
        return "{" + blank() + String.join(",", members) + "}";
    }

    private String array(int depth) {
        var elements = new ArrayList<String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            elements.add(blank() + value(depth + 1) + blank());
        }
        return "[" + blank() + String.join(",", elements) + "]";
    }

    /** @param plain whether only what must be is escaped, or texts in texts would grow without end */
    private String string(String text, boolean plain) {
        boolean odd = !plain && random.nextInt(3) == 0;
        var raw = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int escape = "\"\\\b\f\n\r\t/".indexOf(c);
            if (odd && random.nextBoolean()) {
                raw.append((random.nextBoolean() ? "\\u%04x" : "\\u%04X").formatted((int) c));
            } else if (escape >= 0 && (c != '/' || odd)) {
                raw.append('\\').append("\"\\bfnrt/".charAt(escape));
            } else if (c < ' ' || (Character.isSurrogate(c) && odd)) {
                raw.append("\\u%04x".formatted((int) c));
            } else {
                raw.append(c);
            }
        }
        return raw.append('"').toString();
    }

    private String anyCase(String name) {
        return random.nextInt(4) == 0 ? name.toUpperCase(Locale.ROOT) : name;
    }

    private String blank() {
        return pick(BLANKS, random);
    }

    static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
