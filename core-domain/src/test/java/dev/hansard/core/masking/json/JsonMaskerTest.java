// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import static dev.hansard.core.masking.json.Masking.redact;
import static dev.hansard.core.masking.json.Masking.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import dev.hansard.core.masking.rule.Findings;
import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.Unmaskable;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMaskerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a             | {\"a\":\"x\",\"b\":1}            | {\"a\":\"***\",\"b\":1}",
                "a             | {\"b\":[{\"A\" : 12.5e3 } ]}     | {\"b\":[{\"A\" : \"***\" } ]}",
                "a             | {\"a\":true,\"c\":{\"a\":null}}  | {\"a\":\"***\",\"c\":{\"a\":null}}",
                "a             | {\"a\":{\"x\":[1,2]},\"b\":[]}   | {\"a\":\"***\",\"b\":[]}",
                "a             | [\"a\",{\"b\":\"a\"}]            | [\"a\",{\"b\":\"a\"}]",
                "/a/b          | {\"a\":{\"b\":1},\"b\":2}        | {\"a\":{\"b\":\"***\"},\"b\":2}",
                "/a/*          | {\"a\":{\"b\":1,\"c\":2},\"d\":3} | {\"a\":{\"b\":\"***\",\"c\":\"***\"},\"d\":3}",
                "/a/1          | {\"a\":[1,2,3]}                  | {\"a\":[1,\"***\",3]}",
                "/a/1          | {\"a\":{\"1\":2}}                | {\"a\":{\"1\":\"***\"}}",
                "/a~1b/~0      | {\"a/b\":{\"~\":1}}              | {\"a/b\":{\"~\":\"***\"}}",
                "/             | {\"\":1,\"a\":2}                 | {\"\":\"***\",\"a\":2}",
                "$             | [1,2]                            | \"***\"",
                "$             | 17                               | \"***\"",
                "$.a           | {\"a\":1,\"b\":{\"a\":1}}        | {\"a\":\"***\",\"b\":{\"a\":1}}",
                "$['a']['b c'] | {\"a\":{\"b c\":1}}              | {\"a\":{\"b c\":\"***\"}}",
                "$[1]          | [1,2,3]                          | [1,\"***\",3]",
                "$.*           | [1,{\"a\":2}]                    | [\"***\",\"***\"]",
                "$[*].a        | [{\"a\":1,\"b\":2},{\"a\":3}]    | [{\"a\":\"***\",\"b\":2},{\"a\":\"***\"}]",
                "$..a          | {\"a\":1,\"b\":[{\"a\":1}]}      | {\"a\":\"***\",\"b\":[{\"a\":\"***\"}]}",
                "$.b..a        | {\"a\":1,\"b\":[{\"a\":1}]}      | {\"a\":1,\"b\":[{\"a\":\"***\"}]}",
                "$..b[0]       | {\"a\":[{\"b\":[1,2]}]}          | {\"a\":[{\"b\":[\"***\",2]}]}",
                "$..[1]        | {\"a\":[[1,2],3]}                | {\"a\":[[1,\"***\"],\"***\"]}",
                "$.a..*        | {\"a\":[1,{\"b\":2}],\"b\":3}    | {\"a\":[\"***\",\"***\"],\"b\":3}",
            })
    void masksWhatASelectorSelects(String selector, String content, String expected) throws Unmaskable {
        assertThat(Masking.of(redact(selector)).mask(content)).isEqualTo(expected);
    }

    @Test
    void doesWhatTheActionSays() throws Unmaskable {
        var masking = Masking.of(
                rule("drop", new MaskAction.Drop(), "drop"),
                rule("type", new MaskAction.Type("pin"), "type"),
                rule("last", new MaskAction.KeepLast(2), "last"),
                rule("token", new MaskAction.Token(), "token"));

        String content = """
                {"drop":"a","type":1234,"last":"a\\u0062cde","token":"ada",
                "x":[{"drop":[1],"last":{}},{"last":true,"last":123456}]}""";

        assertThat(masking.mask(content).replaceAll("\\[t:[0-9a-f]{8}:[^\"]{22}]", "TOKEN"))
                .isEqualTo("""
                        {"drop":null,"type":"[pin]","last":"***de","token":"TOKEN",
                        "x":[{"drop":null,"last":"***"},{"last":"***","last":"***56"}]}""");
    }

    @Test
    void givesAValueTheSameTokenHoweverItIsWritten() throws Unmaskable {
        var masking = Masking.of(rule("token", new MaskAction.Token(), "a"));

        String plain = masking.mask("{\"a\":\"é/x\"}");
        String escaped = masking.mask("{\"a\":\"\\u00e9\\/\\u0078\"}");

        assertThat(escaped).isEqualTo(plain);
    }

    @Test
    void notesWhereItHasMasked() throws Unmaskable {
        var masking = Masking.of(redact("name", "/items/*/owner")).detecting().nested();

        Findings findings = masking.findings("""
                {"a/b":{"name":"x"},"items":[1,{"owner":{"name":2}}],"4111111111111111":["sk_abcdefgh"],
                 "in":"[{\\"name\\":1}]"}""");

        assertThat(findings.places())
                .extracting(Findings.Place::at)
                .containsExactly("/a~1b/name", "/items/1/owner", "/***1111", "/***1111/0", "/in/0/name");
        assertThat(findings.counts()).isEqualTo(Map.of("redact", 3, "card", 1, "key", 1));
    }

    @Test
    void notesNoValueThatIsItsOwnMask() throws Unmaskable {
        Findings findings = Masking.of(redact("a")).nested().findings("""
                {"a":"***","b":{"a":"\\u002a**"},"in":"{\\"a\\":\\"***\\"}","c":[{"a":"**"}]}""");

        assertThat(findings.places()).extracting(Findings.Place::at).containsExactly("/c/0/a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "[NaN]",
                "[1]x",
                "{} {}",
                "/**/1",
                "[01]",
                "[1.]",
                "[.5]",
                "[+1]",
                "[1e]",
                "[tru]",
                "[nulll]",
                "{a:1}",
                "{'a':1}",
                "[\"\\x\"]",
                "[\"\\u12g4\"]",
                "[\"a\nb\"]",
                "]",
                "[}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\" 1}",
                "[1 2]",
                ",",
                ":",
                "\"a",
                "-",
                "\u00a0[]",
                "[\"a\",,1]",
                "{1:2}"
            })
    void refusesWhatIsNotJson(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);

        assertThat(Masking.of(redact("a")).refusal(bytes)).isEqualTo(Unmaskable.Reason.SYNTAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff",
                "80",
                "c0af",
                "c1bf",
                "e08080",
                "e09fbf",
                "eda080",
                "edbfbf",
                "f08080",
                "f4908080",
                "f5808080",
                "c3",
                "e282",
                "f09f98",
                "c328",
                "e28228",
                "fe",
                "f0808080"
            })
    void refusesWhatIsNotUtf8(String hex) {
        byte[] wrong = HexFormat.of().parseHex("22" + hex + "22");
        byte[] open = HexFormat.of().parseHex("22" + hex);

        assertThat(Masking.of(redact("a")).refusal(wrong)).isEqualTo(Unmaskable.Reason.CHARSET);
        assertThat(Masking.of(redact("a")).refusal(open)).isEqualTo(Unmaskable.Reason.CHARSET);
    }

    @Test
    void refusesWhatNestsTooDeep() throws Unmaskable {
        var masking = Masking.of(redact("a"));

        String deepest = "[".repeat(64) + "]".repeat(64);
        String deeper = "[".repeat(65) + "]".repeat(65);

        assertThat(masking.mask(deepest)).isEqualTo(deepest);
        assertThat(masking.refusal(deeper.getBytes(StandardCharsets.UTF_8))).isEqualTo(Unmaskable.Reason.DEPTH);
    }

    @Test
    void checksWhatLiesInsideOfWhatItReplaces() {
        byte[] content = "{\"a\":{\"b\":[1,}}".getBytes(StandardCharsets.UTF_8);

        assertThat(Masking.of(redact("a")).refusal(content)).isEqualTo(Unmaskable.Reason.SYNTAX);
    }

    @Test
    void keepsAByteOrderMark() throws Unmaskable {
        assertThat(Masking.of(redact("a")).mask("\uFEFF{\"a\":1}")).isEqualTo("\uFEFF{\"a\":\"***\"}");
    }

    @Test
    void saysNothingOfTheContentWhenItRefuses() {
        byte[] content = "{\"a\":\"hidden\" hidden}".getBytes(StandardCharsets.UTF_8);

        var refusal = catchThrowable(() -> Masking.of(redact("a")).mask(content, 100));

        assertThat(refusal).isInstanceOf(Unmaskable.class);
        assertThat(refusal.getMessage()).contains("at byte 14").doesNotContain("hidden");
    }

    @Test
    void makesNoObjectForAToken() throws Unmaskable {
        var masking = Masking.of(redact("password", "$.a..b", "/*/c"));
        byte[] few = JsonMaskerSpeed.content(1 << 10);
        byte[] many = JsonMaskerSpeed.content(1 << 18);

        allocatedBy(masking, many);
        long forFew = allocatedBy(masking, few);
        long forMany = allocatedBy(masking, many);

        assertThat(forMany - forFew).isLessThan(4 << 10);
    }

    private static long allocatedBy(Masking masking, byte[] content) throws Unmaskable {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var masker = masking.masker(new MaskedBytes(1 << 19), new Findings());
        long before = threads.getCurrentThreadAllocatedBytes();
        masker.feed(content, 0, content.length);
        masker.finish();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
