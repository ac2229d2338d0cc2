// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.json.select.JsonSelectors;
import dev.hansard.core.masking.json.select.SelectorCheck;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.ValueScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What comes out is what {@link JacksonMasker} makes of the same, however the content is cut. */
class JsonOracleTest {
    @Property(tries = 1500)
    void isAsTheOracleSays(@ForAll long seed, @ForAll boolean detects, @ForAll boolean nested)
            throws IOException, Unmaskable {
        var random = new Random(seed);
        List<Masking.Path> paths = Documents.paths(random);
        Masking masking = masking(paths, random, detects, nested);
        byte[] content = Documents.one(random);

        byte[] masked = masking.mask(content, content.length);

        assertThat(text(masked)).isEqualTo(text(new JacksonMasker(paths, detects, nested).mask(content)));
    }

    @Property(tries = 150)
    void isTheSameInPiecesOfAnySize(@ForAll long seed, @ForAll boolean detects, @ForAll boolean nested)
            throws Unmaskable {
        var random = new Random(seed);
        Masking masking = masking(Documents.paths(random), random, detects, nested);
        byte[] content = Documents.one(random);

        byte[] whole = masking.mask(content, content.length);

        for (int size = 1; size < content.length; size++) {
            assertThat(masking.mask(content, size)).as("pieces of %s", size).isEqualTo(whole);
        }
        assertThat(masking.mask(content, random)).isEqualTo(whole);
    }

    @Property(tries = 1500)
    void changesNothingTheSecondTime(@ForAll long seed, @ForAll boolean detects, @ForAll boolean nested)
            throws Unmaskable {
        var random = new Random(seed);
        Masking masking = masking(Documents.paths(random), random, detects, nested);
        byte[] content = Documents.one(random);

        byte[] once = masking.mask(content, content.length);

        assertThat(text(masking.mask(once, once.length))).isEqualTo(text(once));
    }

    private static Masking masking(List<Masking.Path> paths, Random random, boolean detects, boolean nested) {
        var rules = new ArrayList<MaskRule>();
        for (Masking.Path path : paths) {
            // Paths that no content takes, so that those that are taken lie in any word of the automaton.
            for (int i = random.nextBoolean() ? 0 : random.nextInt(40); i > 0; i--) {
                rules.add(Masking.rule(path.rule(), path.action(), "$.none" + rules.size() + "..b[7]"));
            }
            rules.add(path.toRule());
        }
        Assume.that(JsonSelectors.compile(rules) instanceof SelectorCheck.Sound);
        var masking = new Masking(rules, ValueScanner.NONE, JsonOptions.PLAIN, false);
        Masking detecting = detects ? masking.detecting() : masking;
        return nested ? detecting.nested() : detecting;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
