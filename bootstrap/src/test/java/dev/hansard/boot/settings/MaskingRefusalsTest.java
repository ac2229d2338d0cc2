// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import static dev.hansard.boot.settings.Configurations.printed;
import static dev.hansard.boot.settings.Configurations.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.settings.Loading.Loaded;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong or doubtful in masking is said where it stands. A bar stands for a line end. */
class MaskingRefusalsTest {
    private static String masking(String applied, String masking) {
        return "version: 1\nservices: { a: { upstream: http://a, masking: " + applied + " } }\nmasking:\n"
                + masking.indent(2);
    }

    private static Loading loaded(String applied, String masking) {
        return Configurations.load(masking(applied, masking));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            8: error: masking.rules.r must be a mapping, but is text|  hint: write what it selects and what it does: { json: [name], action: redact } ~ x
            8: error: masking.rules.r selects nothing|  hint: write one of json, form, query, headers, cookies, xml, detect, regex ~ { action: drop }
            8: error: masking.rules.r selects nothing|  hint: write one of json, form, query, headers, cookies, xml, detect, regex ~ { json: [], content-types: a/b, action: drop }
            8: error: masking.rules.r.action is missing|  hint: write action: and one of drop, redact, type, keep-last, token ~ { json: x }
            27: error: masking.rules.r.action must be one of drop, keep-last, redact, token, type, but is 'redcat'|  hint: did you mean 'redact'? ~ { json: x, action: redcat }
            10: error: unknown key 'jsom' in masking.rules.r|  hint: did you mean 'json'? ~ { jsom: x, action: drop }
            20: error: masking.rules.r.json[1] '$.a-b' has a '-' in a name after a dot; write ['first-name'] for such names (column 4) ~ { json: [a, "$.a-b"], action: drop }
            `16: error: masking.rules.r.json '/a/~2' has a ~ that is not ~0 (for ~) or ~1 (for /) (column 4)` ~ `{ json: "/a/~2", action: drop }`
            16: error: masking.rules.r.json '$.a[-1]' counts from the end, which is not known yet when a value is masked (column 5) ~ { json: "$.a[-1]", action: drop }
            17: error: masking.rules.r.json[0] must not be empty ~ { json: [''], action: drop }
            17: error: masking.rules.r.json[0] must be text, but is a number|  hint: quote it: "1" ~ { json: [1], action: drop }
            20: error: masking.rules.r.headers[0] must be the name of a header, such as x-customer, but is 'x y' ~ { headers: ["x y"], action: drop }
            20: error: masking.rules.r.cookies[0] must be the name of a cookie, but is 'x;y' ~ { cookies: ["x;y"], action: drop }
            16: error: masking.rules.r.xml[0] must be a local name, but is 'ns:name'|  hint: leave out the prefix and the colon: it selects in all of them ~ { xml: ["ns:name"], action: drop }
            25: error: masking.rules.r.detect[1]: 'crad' is not a detector|  hint: did you mean 'card'? ~ { detect: [card, crad], action: drop }
            18: error: masking.rules.r.detect: 'phone' is not a detector|  hint: the detectors are card, jwt, bearer, basic, email, iban, ssn, aws, github, slack, stripe, google, pem ~ { detect: phone, action: drop }
            17: error: masking.rules.r.regex, character 4: missing closing ) ~ { regex: "a(b", anchor: a, action: drop }
            17: error: masking.rules.r.regex must be text, but is a list|  hint: write a rule for each ~ { regex: [a, b], anchor: a, action: drop }
            17: error: masking.rules.r.regex, character 1: invalid or unsupported Perl syntax; RE2 has no lookaround ~ { regex: "(?=x)y", anchor: y, action: drop }
            17: warning: masking.rules.r.regex: the regex is run over every value, which is slow|  hint: give a text that each match holds as 'anchor' ~ { regex: "[0-9]{6}", action: drop }
            37: warning: masking.rules.r.anchor: the regex does not hold the anchor as a text: matches without it are not found ~ { regex: "[0-9]{6}", anchor: "A-", action: drop }
            19: error: masking.rules.r.anchor is set, but there is no regex|  hint: add the regex whose matches hold it, or remove it ~ { json: a, anchor: b, action: drop }
            35: error: masking.rules.r.content-types[0] must be a media range such as application/json or text/*, but is 'json'|  hint: no parameters ~ { json: a, content-types: [json], action: drop }
            34: error: masking.rules.r.content-types must be a media range such as application/json or text/*, but is '*/json'|  hint: no parameters ~ { json: a, content-types: "*/json", action: drop }
            33: error: masking.rules.r.keep-last is set, but the action is drop|  hint: remove it, or write action: keep-last ~ { json: a, action: drop, keep-last: 4 }
            33: error: masking.rules.r.label is set, but the action is drop|  hint: remove it, or write action: type ~ { json: a, action: drop, label: x }
            19: error: masking.rules.r.keep-last is missing|  hint: write how many characters stay, such as keep-last: 4 ~ { json: a, action: keep-last }
            49: error: masking.rules.r.keep-last must be a whole number from 1 to 16, but is '17' ~ { json: a, action: keep-last, keep-last: 17 }
            19: error: masking.rules.r.headers 'x-a' has no effect: content-types limits the rule to contents|  hint: write a rule of its own for it, without content-types ~ { headers: x-a, json: a, action: drop, content-types: text/* }
            27: error: masking.rules.r.query[0] 'q' has no effect: content-types limits the rule to contents|  hint: write a rule of its own for it, without content-types ~ { json: a, query: [q], action: drop, content-types: text/* }
            19: error: masking.rules.r.cookies 'c' has no effect: content-types limits the rule to contents|  hint: write a rule of its own for it, without content-types ~ { cookies: c, action: drop, content-types: text/* }
            19: error: masking.rules.r.cookies 'd' is always hidden, but keep-last would show a part of it|  hint: write action: token, or another that shows nothing ~ { cookies: d, action: keep-last, keep-last: 4 }
            19: error: masking.rules.r.headers 'X-Api-Key' is always hidden, but keep-last would show a part of it|  hint: write action: token, or another that shows nothing ~ { headers: X-Api-Key, action: keep-last, keep-last: 4 }
            40: error: masking.rules.r.label must be 1 to 32 of a-z 0-9 -, but is 'Card' ~ { json: a, action: type, label: Card }
            """)
    void saysWhatIsWrongWithARule(String expected, String rule) {
        String problems = problems(masking("r", "rules:\n  r: " + rule));

        assertThat(problems).isEqualTo("hansard.yaml:5:" + expected.replace('|', '\n'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            2:48: error: services.a.masking[0] names no set or rule|  hint: did you mean 'mine'? ~ [mien, set] ~ {}
            2:47: error: services.a.masking names no set or rule|  hint: the sets and rules are set, mine ~ nothing ~ {}
            2:49: error: unknown key 'aply' in services.a.masking|  hint: did you mean 'apply'? ~ { aply: set } ~ {}
            2:64: error: services.a.masking.on-unparsable must be one of detectors, withhold, but is 'keep' ~ { on-unparsable: keep, apply: set } ~ {}
            4:35: error: masking.sets.more[1] names no rule|  hint: did you mean 'mine'? ~ [set, more] ~ { more: [mine, min] }
            4:30: error: masking.sets.again[0] names a set|  hint: a set has rules only: name them ~ [set, again] ~ { again: [set] }
            4:22: error: masking.sets.empty is empty, so that it masks nothing|  hint: name its rules, or remove it ~ [set, empty] ~ { empty: [] }
            4:22: error: set 'mine' is defined twice, first at hansard.yaml:5:12|  hint: rename one ~ set ~ { mine: [mine] }
            4:22: error: the name in masking.sets.Set must be 1 to 63 of a-z 0-9 -, starting and ending with a letter or digit ~ set ~ { Set: [mine] }
            """)
    void saysWhatIsWrongWithNames(String expected, String applied, String sets) {
        String written = sets.equals("{}") ? "sets: { set: mine }" : "sets: { set: mine, " + sets.substring(2);

        String problems = problems(masking(applied, written + "\nrules: { mine: { json: x, action: drop } }"));

        assertThat(problems.lines().filter(line -> line.contains(": error: "))).hasSize(1);
        assertThat(problems).contains("hansard.yaml:" + expected.replace('|', '\n'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            json '$.a.cvv' can never select a value, because 'cvv' of rule 'one' (drop) already does; remove one of them (service 'a') ~ { json: cvv, action: drop } ~ { json: $.a.cvv, action: redact }
            form 'Name' has no effect in service 'a': rule 'one' (drop) selects the same before it|  hint: remove one of them ~ { form: name, action: drop } ~ { form: Name, action: redact }
            query 'q' has no effect in service 'a': rule 'one' (keep-last) selects the same before it|  hint: remove one of them ~ { query: q, action: keep-last, keep-last: 4 } ~ { query: q, action: keep-last, keep-last: 6 }
            headers 'X-A' has no effect in service 'a': rule 'one' (drop) selects the same before it|  hint: remove one of them ~ { headers: x-a, action: drop } ~ { headers: X-A, action: redact }
            cookies 'c' has no effect in service 'a': rule 'one' (drop) selects the same before it|  hint: remove one of them ~ { cookies: c, action: drop } ~ { cookies: c, action: redact }
            xml 'x' has no effect in service 'a': rule 'one' (drop) selects the same before it|  hint: remove one of them ~ { xml: x, action: drop } ~ { xml: x, action: redact, content-types: text/xml }
            detect 'card' has no effect in service 'a': rule 'one' (drop) selects the same before it|  hint: remove one of them ~ { detect: card, action: drop } ~ { detect: card, action: redact }
            regex 'A-[0-9]' has no effect in service 'a': rule 'one' (drop) selects the same before it|  hint: remove one of them ~ { regex: "A-[0-9]", anchor: A-, action: drop } ~ { regex: "A-[0-9]", anchor: A-, action: redact }
            json 'x' can never select a value, because 'x' of rule 'one' (drop) already does; remove one of them (service 'a') ~ { json: x, action: drop, content-types: application/* } ~ { json: x, action: redact, content-types: [application/json] }
            """)
    void refusesWhatContradictsARuleBeforeIt(String expected, String one, String two) {
        String problems = problems(masking("[one, two]", "rules:\n  one: " + one + "\n  two: " + two));

        int key = two.indexOf(": ") + ": ".length();
        assertThat(problems)
                .isEqualTo(
                        "hansard.yaml:6:" + (10 + key) + ": error: masking.rules.two." + expected.replace('|', '\n'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            { json: x, action: drop } ~ { json: x, action: drop }
            { json: $.a.x, action: drop } ~ { json: x, action: redact }
            { json: x, form: y, action: drop } ~ { json: y, form: x, action: redact }
            { json: x, action: drop, content-types: application/json } ~ { json: x, action: redact }
            { form: x, action: drop, content-types: application/json } ~ { form: x, action: redact, content-types: text/* }
            """)
    void takesRulesThatDoNotContradict(String one, String two) {
        Loading loading = loaded("[one, two]", "rules:\n  one: " + one + "\n  two: " + two);

        assertThat(loading).isInstanceOf(Loaded.class);
        assertThat(printed(loading)).isEmpty();
    }

    @Test
    void takesRulesThatWouldContradictInOneServiceForTwo() {
        Loading loading = Configurations.load("""
                version: 1
                services: { a: { upstream: http://a, masking: one }, b: { upstream: http://b, masking: two } }
                masking: { rules: { one: { json: x, action: drop }, two: { json: x, action: redact } } }
                """);

        assertThat(printed(loading)).isEmpty();
    }

    @Test
    void warnsOfTokensOfValuesThatCanBeGuessed() {
        String rule =
                "{ json: [cvv, \"$.person.dateOfBirth\", shipping, \"/pin/name\"], form: gender, query: [zip_code],"
                        + " detect: [ssn, email], action: token }";
        var files = new FakeFiles().with("key", "kV3nq0Zr8mT1xW5yB7cD");

        Loading loading =
                Configurations.load(masking("r", "token-key: ${file:key}\nrules:\n  r: " + rule), Map.of(), files);

        assertThat(loading).isInstanceOf(Loaded.class);
        assertThat(printed(loading).lines().filter(line -> line.contains(": warning: ")))
                .allMatch(
                        line -> line.endsWith("has few possible values: who has the key finds the clear one by trying"))
                .extracting(line -> line.replaceAll(".*masking.rules.r.([a-z0-9\\[\\]]+ '[^']*').*", "$1"))
                .containsExactly(
                        "json[0] 'cvv'",
                        "json[1] '$.person.dateOfBirth'",
                        "form 'gender'",
                        "query[0] 'zip_code'",
                        "detect[0] 'ssn'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            error: masking.token-key must have at least 16 characters, but has 7 ~ s3cr3t!
            warning: masking.token-key can be guessed: it has only 2 different characters ~ abaabbbabaabbaba
            warning: masking.token-key can be guessed: it repeats itself ~ k7Qz1mWx9k7Qz1mWx9k7Q
            warning: masking.token-key can be guessed: it is made of common words ~ ChangeMe-Password-123456789
            """)
    void saysWhatIsWrongWithAKeyWithoutQuotingIt(String expected, String key) {
        Loading loading =
                Configurations.load(masking("[]", "token-key: ${env:KEY}"), Map.of("KEY", key), new FakeFiles());

        assertThat(printed(loading))
                .isEqualTo("hansard.yaml:4:14: " + expected + "\n  hint: make one with: openssl rand -base64 32");
        assertThat(printed(loading)).doesNotContain(key);
    }

    @Test
    void warnsOfAKeyThatStandsInTheFileAndRefusesOneThatIsNoText() {
        assertThat(printed(loaded("[]", "token-key: kV3nq0Zr8mT1xW5yB7cD"))).isEqualTo("""
                hansard.yaml:4:14: warning: masking.token-key stands in the file for all who may read it
                  hint: write ${file:PATH} or ${env:NAME}, and change the key""");
        assertThat(printed(loaded("[]", "token-key: 8475930275648391"))).isEqualTo("""
                hansard.yaml:4:14: error: masking.token-key must be text, but is a number
                  hint: write it in quotes""");
    }

    @Test
    void warnsOfRulesAndSetsThatNothingUses() {
        Loading loading = loaded("[]", """
                sets: { set: [one] }
                rules: { one: { json: x, action: drop }, two: { json: x, action: redact } }
                """);

        assertThat(loading).isInstanceOf(Loaded.class);
        assertThat(printed(loading)).isEqualTo("""
                hansard.yaml:4:11: warning: set 'set' is used by no service
                  hint: name it under masking of a service
                hansard.yaml:5:44: warning: rule 'two' is used by no set and no service
                  hint: name it under masking of a service, or in a set""");
    }

    @Test
    void quotesNothingThatComesFromOutside() {
        String rules = """
                on-unparsable: ${env:C}
                sets: { s: ["${env:C}"] }
                rules:
                  a: { json: ["${env:C}", "$.${env:C}"], headers: "${env:C}", detect: "${env:C}", action: "${env:C}" }
                  b: { regex: "(${env:C}", anchor: "x${env:C}\\n", action: type, label: "${env:C}", content-types: "${env:C}" }
                  c: { json: "x${env:C}", form: "${env:C}", detect: ssn, action: drop }
                  d: { json: "x${env:C}", form: "${env:C}", action: redact }
                """;
        Loading loading = Configurations.load(
                masking("[s, a, b, c, d, '${env:C}']", rules), Map.of("C", "s3cret canary"), new FakeFiles());

        assertThat(printed(loading)).doesNotContain("s3cret").contains("masking.rules.b.regex cannot be used");
        assertThat(printed(loading).lines().filter(line -> line.contains(": error: ")))
                .hasSizeGreaterThan(10);
    }
}
