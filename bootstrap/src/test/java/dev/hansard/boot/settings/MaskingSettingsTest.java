// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import static dev.hansard.boot.settings.Configurations.printed;
import static dev.hansard.boot.settings.Configurations.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.settings.Loading.Loaded;
import dev.hansard.boot.settings.masking.MaskingOfService;
import dev.hansard.boot.settings.masking.MaskingSettings;
import dev.hansard.boot.settings.masking.MaskingSettings.RuleSet;
import dev.hansard.core.masking.rule.BuiltInRules;
import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.MaskRule.UserPattern;
import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskingSettingsTest {
    private static final String KEY = "kV3nq0Zr8mT1xW5yB7cD";

    // As in the contract.
    private static final String CONTRACT = """
            masking:                                        # on the record only, before anything is stored or exported
              token-key: ${file:/run/secrets/mask-key}
              sets: { pci: [pan, cvv], pii: [email, ssn, names] }
              rules:
                pan:   { detect: card, action: keep-last, keep-last: 4 }
                cvv:   { json: ["cvv", "$..cvc"], action: drop }
                email: { detect: email, action: token }
                ssn:   { regex: '\\b\\d{3}-\\d{2}-\\d{4}\\b', anchor: '-', action: redact, content-types: [application/json, text/*] }
                names: { json: ["/customer/name", "$.items[*].owner"], form: [full_name], query: [name], headers: [x-customer], action: token }
              on-unparsable: withhold                       # withhold | detectors
            """;

    private static Loading contract(String services) {
        var files = new FakeFiles().with("/run/secrets/mask-key", KEY + "\n");
        return Configurations.load("version: 1\nservices: " + services + "\n" + CONTRACT, Map.of(), files);
    }

    private static MaskingOfService of(Settings settings, String service) {
        return settings.masking().of(new ServiceName(service));
    }

    private static List<String> userRules(MaskingOfService masking) {
        return masking.rules().stream()
                .map(MaskRule::name)
                .filter(name -> !name.startsWith(BuiltInRules.PREFIX))
                .toList();
    }

    @Test
    void readsTheMaskingOfTheContract() {
        Loading loading = contract("{ payments: { upstream: http://p, masking: [pci, pii] } }");

        MaskingSettings masking = settings(loading).masking();
        assertThat(printed(loading)).isEmpty();
        assertThat(masking.tokenKey()).isEqualTo(Secret.of(KEY));
        assertThat(masking.sets())
                .containsExactly(
                        new RuleSet("pci", List.of("pan", "cvv")),
                        new RuleSet("pii", List.of("email", "ssn", "names")));
        assertThat(masking.rules()).extracting(MaskRule::name).containsExactly("pan", "cvv", "email", "ssn", "names");
        assertThat(masking.defaults()).isTrue();
        assertThat(masking.detectorsOnUnparsable()).isFalse();
    }

    @Test
    void readsEverySelectorAndAction() {
        List<MaskRule> rules = settings(contract("{ payments: { upstream: http://p, masking: [pci, pii] } }"))
                .masking()
                .rules();

        assertThat(rules)
                .extracting(MaskRule::action)
                .containsExactly(
                        new MaskAction.KeepLast(4),
                        new MaskAction.Drop(),
                        new MaskAction.Token(),
                        new MaskAction.Redact(),
                        new MaskAction.Token());
        assertThat(rules.get(0).detect()).containsExactly("card");
        assertThat(rules.get(3).pattern()).isEqualTo(new UserPattern("\\b\\d{3}-\\d{2}-\\d{4}\\b", "-"));
        assertThat(rules.get(3).contentTypes()).containsExactly("application/json", "text/*");
        assertThat(rules.get(4))
                .isEqualTo(MaskRule.of("names", new MaskAction.Token())
                        .json(List.of("/customer/name", "$.items[*].owner"))
                        .form(List.of("full_name"))
                        .query(List.of("name"))
                        .headers(List.of("x-customer"))
                        .build());
    }

    @Test
    void appliesWhatAServiceNamesInItsOrderAndThenWhatIsBuiltIn() {
        Settings settings = settings(contract("""
                { a: { upstream: http://a, masking: [pii, cvv, pci] },
                  b: { upstream: http://b, masking: { apply: cvv, on-unparsable: detectors } },
                  c: http://c }"""));

        assertThat(userRules(of(settings, "a"))).containsExactly("email", "ssn", "names", "cvv", "pan");
        assertThat(of(settings, "a").detectorsOnUnparsable()).isFalse();
        assertThat(userRules(of(settings, "b"))).containsExactly("cvv");
        assertThat(of(settings, "b").detectorsOnUnparsable()).isTrue();
        assertThat(of(settings, "c").rules()).isEqualTo(BuiltInRules.rules());
        assertThat(of(settings, "a").rules()).endsWith(BuiltInRules.rules().getLast());
    }

    @Test
    void appliesNothingThatIsBuiltInWhenThatIsSwitchedOff() {
        Settings settings = settings("""
                version: 1
                services: { a: { upstream: http://a, masking: mine }, b: http://b }
                masking: { defaults: false, on-unparsable: detectors, rules: { mine: { json: [x], action: drop } } }
                """);

        assertThat(of(settings, "a").rules()).extracting(MaskRule::name).containsExactly("mine");
        assertThat(of(settings, "b").rules()).isEmpty();
        assertThat(of(settings, "b").detectorsOnUnparsable()).isTrue();
    }

    @Test
    void masksByWhatIsBuiltInWhenNothingIsWritten() {
        Settings settings = settings("version: 1\nservices: { a: http://a }\n");

        assertThat(of(settings, "a"))
                .isEqualTo(new MaskingOfService(List.of(), BuiltInRules.rules(), false))
                .isEqualTo(of(Settings.forUpstream("http://a"), "default"));
    }

    @Test
    void labelsAKindByItsOneDetectorOrElseByTheRule() {
        Settings settings = settings("""
                version: 1
                services: { a: { upstream: http://a, masking: [one, two, three] } }
                masking:
                  rules:
                    one: { detect: iban, action: type }
                    two: { detect: email, json: mail, action: type }
                    three: { json: x, action: type, label: other }
                """);

        assertThat(settings.masking().rules())
                .extracting(MaskRule::action)
                .containsExactly(new MaskAction.Type("iban"), new MaskAction.Type("two"), new MaskAction.Type("other"));
    }

    @Test
    void takesRulesFromIncludedFiles() {
        var files = new FakeFiles()
                .with("conf.d/a.yaml", "masking: { rules: { theirs: { json: [x], action: drop } } }")
                .with("conf.d/b.yaml", "services: { b: { upstream: http://b, masking: [theirs, both] } }");

        Settings settings = settings(Configurations.load("""
                version: 1
                include: [conf.d/*.yaml]
                services: { a: http://a }
                masking: { rules: { mine: { json: [y], action: drop } }, sets: { both: [mine, theirs] } }
                """, Map.of(), files));

        assertThat(userRules(of(settings, "b"))).containsExactly("theirs", "mine");
    }

    @Test
    void refusesInAnIncludedFileAllButRulesAndNamesThatAreTaken() {
        var files = new FakeFiles().with("more.yaml", """
                masking:
                  token-key: short
                  rules:
                    mine: { json: [x], action: drop }
                    bad: { jsn: [x], action: drop }
                """);

        String problems = printed(Configurations.load("""
                version: 1
                include: [more.yaml]
                services: { a: { upstream: http://a, masking: [mine, bad] } }
                masking:
                  rules:
                    mine: { json: [y], action: drop }
                """, Map.of(), files));

        assertThat(problems).isEqualTo("""
                more.yaml:2:3: error: unknown key 'token-key' in masking
                  hint: known here: rules
                more.yaml:4:5: error: rule 'mine' is defined twice, first at hansard.yaml:6:5
                  hint: rename one
                more.yaml:5:12: error: unknown key 'jsn' in masking.rules.bad
                  hint: did you mean 'json'?""");
    }

    @Test
    void showsEverythingButTheKey() {
        var loaded = (Loaded) contract("{ payments: { upstream: http://p, masking: [pci, pii] } }");

        String yaml = EffectiveYaml.of(loaded.settings(), loaded.outside());

        assertThat(yaml)
                .doesNotContain(KEY)
                .contains("      apply: [pci, pii]\n      on-unparsable: withhold\n")
                .contains("  token-key: \"${file:/run/secrets/mask-key}\"  # from outside, fingerprint ")
                .contains("    pci: [pan, cvv]\n")
                .contains("    cvv:\n      json: [cvv, \"$..cvc\"]\n      action: drop\n")
                .contains("      regex: \"\\\\b\\\\d{3}-\\\\d{2}-\\\\d{4}\\\\b\"\n      anchor: \"-\"\n");
        Loading again = Configurations.load(yaml, Map.of(), new FakeFiles().with("/run/secrets/mask-key", KEY));
        assertThat(settings(again)).isEqualTo(loaded.settings());
    }

    @Test
    void neverShowsAKeyThatStandsInTheFile() {
        Loading loading = Configurations.load("""
                version: 1
                services: { a: { upstream: http://a, masking: mail } }
                masking: { token-key: %s, rules: { mail: { json: [mail], action: token } } }
                """.formatted(KEY));

        String yaml = EffectiveYaml.of(settings(loading), Loading.Outside.NOTHING);

        assertThat(yaml).doesNotContain(KEY).contains("token-key: \"[hidden]\"");
        assertThat(loading.toString()).doesNotContain(KEY);
        assertThat(Configurations.problems(yaml)).contains("masking.token-key must have at least 16 characters");
    }

    @Test
    void knowsWhereTheNamesOfAServiceComeFrom() {
        var loaded = (Loaded) Configurations.load("""
                version: 1
                services: { a: { upstream: http://a, masking: ["${env:RULE}"] } }
                masking: { rules: { mine: { json: "${env:NAME}", action: drop } } }
                """, Map.of("RULE", "mine", "NAME", "field"), new FakeFiles());

        String yaml = EffectiveYaml.of(loaded.settings(), loaded.outside());

        assertThat(yaml).contains("apply: [\"${env:RULE}\"]").contains("json: [\"${env:NAME}\"]");
    }
}
