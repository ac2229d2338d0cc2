// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.detect.PlantedSecrets;
import dev.hansard.core.masking.detect.PlantedSecrets.Planted;
import dev.hansard.core.masking.json.select.JsonSelectors;
import dev.hansard.core.masking.json.select.SelectorCheck.Sound;
import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.scan.ScanReport.Proposal;
import dev.hansard.ports.exchange.Field;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LeakScanPropertyTest {
    private static String quoted(String text) {
        return "\"" + text.replace("\n", "\\n") + "\"";
    }

    private static StoredSession planted(Random random, int number, Planted planted) {
        String text = planted.text();
        return switch (random.nextInt(6)) {
            case 0 -> Stored.json(number, "{\"a\":[1,{\"field-" + random.nextInt(3) + "\":" + quoted(text) + "}]}");
            case 1 -> Stored.json(number, "{" + quoted(text) + ":{\"b\":" + quoted(text) + "}}");
            case 2 -> {
                String value = URLEncoder.encode(text, StandardCharsets.UTF_8);
                yield Stored.body(
                        number, "application/x-www-form-urlencoded", "a=1&field=" + value + "&" + value + "=2");
            }
            case 3 -> Stored.body(number, "text/plain", "they sent " + text + "\n");
            case 4 -> Stored.body(number, "application/xml", "<a><b c='1'>" + text + "</b></a>");
            default ->
                Stored.head(
                        number,
                        "/?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8),
                        new Field("X-Field", text.replace('\n', ' ')));
        };
    }

    @Property(tries = 300)
    void findsWhatIsClearAndSaysNothingOfIt(@ForAll Random random) {
        var secrets = new PlantedSecrets(random);
        LeakScan scan = Stored.scan();
        List<Planted> all = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            Planted planted = secrets.next();
            all.add(planted);
            scan.look(planted(random, i, planted));
        }

        ScanReport report = scan.report();

        assertThat(report.findings().stream().mapToLong(Finding::occurrences).sum())
                .isGreaterThanOrEqualTo(8);
        assertThat(all).allSatisfy(planted -> assertThat(report.toString()).doesNotContain(planted.value()));
    }

    @Provide
    Arbitrary<String> places() {
        Arbitrary<String> pieces = Arbitraries.of(
                "/",
                "form:",
                "part:",
                "query:",
                "header:",
                "xml:",
                "line:3",
                "sse:1",
                "offset:7",
                "~1",
                "~",
                "[0]",
                "[a]",
                ":",
                "${env:A}",
                "*",
                "***",
                "a",
                "B-c",
                "12",
                " ",
                "\u001b",
                "\u202e",
                "\ud83d",
                "'",
                "\n",
                "@",
                "path");
        return pieces.list().ofMaxSize(12).map(list -> String.join("", list));
    }

    @Property(tries = 2000)
    void takesAnyPlaceAndShowsNothingThatDoesSomething(@ForAll("places") String at) {
        Place place = new Places(new SafeNames(_ -> false), 200).of(at);

        Selection selection = place.selection();
        String all = place.shown() + " " + (selection == null ? "" : selection.text());
        assertThat(all).doesNotContain("${", "\u001b", "\u202e", "\ud83d", "\n", "***");
        if (selection != null) {
            assertThat(selection.text()).isNotBlank();
            MaskRule rule = rule(selection);
            assertThat(JsonSelectors.compile(List.of(rule))).isInstanceOf(Sound.class);
        }
    }

    private static MaskRule rule(Selection selection) {
        List<String> json = selection.key() == Selection.RuleKey.JSON ? List.of(selection.text()) : List.of();
        List<String> none = List.of();
        return new MaskRule("r", new MaskAction.Redact(), json, none, none, none, none, none, none, null, none);
    }

    @Property(tries = 300)
    void proposesSelectorsThatCanAllSelect(@ForAll Random random) {
        LeakScan scan = Stored.scan();
        List<String> names = List.of("a", "b", "0", "A", "*", "c~1d", "");
        for (int i = 1; i <= 12; i++) {
            var at = new StringBuilder();
            for (int depth = 0; depth <= random.nextInt(4); depth++) {
                at.append('/').append(names.get(random.nextInt(names.size())));
            }
            scan.look(Stored.masked(Stored.PAYMENTS, i, (random.nextBoolean() ? "default:card " : "always:jwt ") + at));
        }

        for (Proposal proposal : scan.report().proposals()) {
            assertThat(JsonSelectors.compile(proposal.rules())).isInstanceOf(Sound.class);
            assertThat(proposal.rules()).extracting(MaskRule::name).doesNotHaveDuplicates();
        }
    }
}
