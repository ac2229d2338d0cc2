// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import static dev.hansard.core.masking.json.Masking.redact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.rule.Findings;
import dev.hansard.core.masking.rule.Unmaskable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NdjsonMaskerTest {
    private static final Masking MASKING =
            Masking.of(redact("password", "$[1]")).detecting().byLine();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "\r\n",
                " \n\t\n",
                "1",
                "1\n",
                "1\r\n2\r\n",
                "\n\n{}\n\n[]\n",
                "\uFEFF{}\n{}",
                "\u001e{}\n",
                "\u001e{\n}\n\u001e\u001e[\n1\n]\n",
                "\u001e1\n\u001e\"a\"\n"
            })
    void keepsWhatNeedsNoMask(String content) throws Unmaskable {
        assertThat(MASKING.mask(content)).isEqualTo(content);
    }

    @Test
    void masksEachLine() throws Unmaskable {
        String content = "{\"password\":1}\r\n\n[1,2]\n4111111111111111\n\"4111111111111111\"";

        assertThat(MASKING.mask(content))
                .isEqualTo("{\"password\":\"***\"}\r\n\n[1,\"***\"]\n\"***1111\"\n\"***1111\"");
    }

    @Test
    void masksEachTextOfASequence() throws Unmaskable {
        String content = "\u001e{\n\"password\":1}\n\u001e[1,\n2]\n\u001e4111111111111111\n";

        assertThat(MASKING.mask(content))
                .isEqualTo("\u001e{\n\"password\":\"***\"}\n\u001e[1,\n\"***\"]\n\u001e\"***1111\"\n");
    }

    @Test
    void notesTheLine() throws Unmaskable {
        Findings lines = MASKING.findings("{}\n\n{\"password\":1}\n\"4111111111111111\"");
        Findings texts = MASKING.findings("\u001e{}\n\u001e{\"password\":1}");

        assertThat(lines.places()).extracting(Findings.Place::at).containsExactly("line:3/password", "line:4");
        assertThat(texts.places()).extracting(Findings.Place::at).containsExactly("text:2/password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}\n{",
                "{\n}\n",
                "[1\n]",
                "{} {}\n",
                "\"a\nb\"",
                "tru\ne",
                "{}\n\u001e{}\n",
                "\u001e{}\n{}\n",
                "\u001e{\u001e}",
                "\u001e\"a\u001eb\"",
                "1\n-\n2"
            })
    void refusesALineThatIsNotJson(String content) {
        assertThat(MASKING.refusal(content.getBytes(StandardCharsets.UTF_8))).isEqualTo(Unmaskable.Reason.SYNTAX);
    }

    @Property(tries = 300)
    void doesToEachLineWhatIsDoneToOne(@ForAll long seed) throws Unmaskable {
        var random = new Random(seed);
        var content = new ArrayList<String>();
        var expected = new ArrayList<String>();
        var alone = new Masking(MASKING.rules(), MASKING.scanner(), MASKING.options(), false);
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            String line = new String(Documents.one(random), StandardCharsets.UTF_8).replaceAll("[\n\r]", " ");
            content.add(line);
            expected.add(alone.mask(line));
        }

        byte[] masked = MASKING.mask(String.join("\n", content).getBytes(StandardCharsets.UTF_8), random);

        assertThat(new String(masked, StandardCharsets.UTF_8)).isEqualTo(String.join("\n", expected));
    }
}
