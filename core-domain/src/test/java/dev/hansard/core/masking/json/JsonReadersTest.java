// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.Unmaskable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Plants values that must not be seen, however they are spelled, and looks for them in what three readers read. */
class JsonReadersTest {
    private static final String PLANTED = "PLANTED7";
    private static final String CARD = "411111111111";
    private static final String FINE = "fine";

    private static final List<String> SECRET_NAMES =
            List.of("password", "PassWord", "\uFF50assword", "stra\u00DFe", "STRASSE", "cafe\u0301", "Caf\u00C9");
    private static final List<String> OTHER_NAMES = List.of("id", "passwor", "passwordx", "name", "stra", "x");
    private static final List<MaskAction> ACTIONS =
            List.of(new MaskAction.Redact(), new MaskAction.Drop(), new MaskAction.Type("pin"), new MaskAction.Token());

    @Property(tries = 1000)
    void showsNothingThatWasPlanted(@ForAll long seed) throws IOException, Unmaskable {
        var random = new Random(seed);
        MaskAction action = Documents.pick(ACTIONS, random);
        var masking = Masking.of(Masking.rule("secrets", action, "password", "strasse", "$..caf\u00E9", "/path/*/in"))
                .detecting()
                .nested();
        byte[] content = ("{\"path\":[{\"in\":" + secret(random, 0) + "}],\"v\":" + value(random, 0) + "}")
                .getBytes(StandardCharsets.UTF_8);

        byte[] masked = masking.mask(content, random);

        List<String> jackson = Readers.jackson(masked);
        assertThat(jackson).noneMatch(JsonReadersTest::isPlanted);
        assertThat(Readers.yaml(masked)).noneMatch(JsonReadersTest::isPlanted);
        assertThat(Readers.careless(masked))
                .noneMatch(JsonReadersTest::isPlanted)
                .isEqualTo(jackson);
        assertThat(isPlanted(new String(masked, StandardCharsets.UTF_8))).isFalse();
        assertThat(count(FINE, masked)).isEqualTo(count(FINE, content));
    }

    private static boolean isPlanted(String text) {
        return text.contains(PLANTED) || text.contains(CARD) || text.contains("sk_abc");
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 4 : 7)) {
            case 0 -> quoted(FINE, random);
            case 1 -> quoted("a " + CARD + "1234 b", random);
            case 2 -> CARD + "1234";
            case 3 -> quoted("\u20ac sk_abcdefgh", random);
            case 4 -> "[" + value(random, depth + 1) + ", " + value(random, depth + 1) + "]";
            case 5 -> quotedOnce(object(random, depth + 1));
            default -> object(random, depth + 1);
        };
    }

    private static String object(Random random, int depth) {
        var members = new ArrayList<String>();
        for (int i = random.nextInt(5); i > 0; i--) {
            boolean secret = random.nextBoolean();
            String name = quoted(Documents.pick(secret ? SECRET_NAMES : OTHER_NAMES, random), random);
            members.add(name + " : " + (secret ? secret(random, depth) : value(random, depth)));
        }
        return "{" + String.join(",\n", members) + "}";
    }

    private static String secret(Random random, int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> "[" + quoted(PLANTED, random) + "]";
            case 1 -> "{\"a\":" + quoted(PLANTED, random) + ",\"b\":[[" + quoted(PLANTED, random) + "]]}";
            case 2 -> quotedOnce("{\"" + PLANTED + "\":" + (depth < 3 ? secret(random, depth + 1) : "1") + "}");
            case 3 -> CARD + "0000";
            default -> quoted(PLANTED, random);
        };
    }

    private static String quoted(String text, Random random) {
        var raw = new StringBuilder("\"");
        boolean escapes = !text.equals(FINE) && random.nextBoolean();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            raw.append(escapes && random.nextBoolean() ? "\\u%04x".formatted((int) c) : String.valueOf(c));
        }
        return raw.append('"').toString();
    }

    private static String quotedOnce(String json) {
        return "\"" + json.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private static int count(String word, byte[] content) {
        return new String(content, StandardCharsets.UTF_8).split(word, -1).length;
    }
}
