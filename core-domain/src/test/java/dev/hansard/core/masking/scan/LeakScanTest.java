// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import static dev.hansard.core.masking.scan.Stored.PAYMENTS;
import static dev.hansard.core.masking.scan.Stored.body;
import static dev.hansard.core.masking.scan.Stored.head;
import static dev.hansard.core.masking.scan.Stored.id;
import static dev.hansard.core.masking.scan.Stored.json;
import static dev.hansard.core.masking.scan.Stored.masked;
import static dev.hansard.core.masking.scan.Stored.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.MaskRule.UserPattern;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.MaskStatus;
import dev.hansard.ports.session.Masking;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeakScanTest {
    private static final String CARD = "4111111111111111";

    private static List<String> found(ScanReport report) {
        return report.findings().stream()
                .map(finding -> finding.trace() + " " + finding.what().word() + " "
                        + finding.place().shown() + " " + finding.sessions() + "/" + finding.occurrences())
                .toList();
    }

    @Test
    void findsNothingInWhatIsClean() {
        ScanReport report = report(json(1, "{\"user\": \"ann\", \"n\": 12}"), head(2, "/a?b=c", new Field("A", "b")));

        assertThat(report.isClean()).isTrue();
        assertThat(report.coverage()).isEqualTo(new ScanReport.Coverage(2, 0, 1, 0, 0, 0, 0));
        assertThat(report.proposals()).isEmpty();
    }

    @Test
    void countsWhatIsClearByPlaceOverSessionsAndElements() {
        ScanReport report = report(
                json(7, "{\"items\": [{\"nr\": \"" + CARD + "\"}, {\"nr\": \"" + CARD + "\"}]}"),
                json(9, "{\"items\": [{\"nr\": " + CARD + "}]}"),
                json(3, "{\"items\": [{\"nr\": \"x\"}, {\"nr\": \"5555 5555 5555 4444\"}]}"));

        assertThat(found(report)).containsExactly("CLEAR card /items/*/nr 3/4");
        Finding finding = report.findings().getFirst();
        assertThat(finding.service()).isEqualTo(PAYMENTS);
        assertThat(finding.direction()).isEqualTo(Direction.REQUEST);
        assertThat(finding.first()).isEqualTo(id(3));
        assertThat(finding.last()).isEqualTo(id(9));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            application/x-www-form-urlencoded ~ a=1&mail=ann%40example.com ~ email form:mail
            application/x-ndjson ~ {"m":"ann@example.com"} ~ email /m
            text/event-stream ~ data: {"m":"ann@example.com"} ~ email /m
            text/plain ~ ann@example.com wrote ~ email text
            application/xml ~ <a><b>ann@example.com</b></a> ~ email xml:/a/b
            application/json ~ {"broken": "ann@example.com", ~ email text
            application/json ~ {"password": "abc"} ~ credentials /password
            application/json ~ {"log": "password=abc"} ~ credentials /log
            """)
    void looksIntoContentsOfEveryFormat(String type, String content, String expected) {
        ScanReport report = report(body(1, type, content.strip() + "\n"));

        assertThat(report.findings())
                .extracting(
                        finding -> finding.what().word() + " " + finding.place().shown())
                .containsExactly(expected);
    }

    @Test
    void looksIntoHeadsAndTargets() {
        ScanReport report = report(head(
                1,
                "/people/ann@example.com?q=bob%40example.com&n=1",
                new Field("X-Customer", "eve@example.com"),
                new Field("Authorization", "Bearer ***")));

        assertThat(found(report))
                .containsExactly(
                        "CLEAR email header:x-customer 1/1", "CLEAR email path 1/1", "CLEAR email query:q 1/1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\": \"***\"}",
                "{\"password\": \"***9876\"}",
                "{\"password\": \"[secret]\"}",
                "{\"password\": \"[t:0123abcd:abcdefghijKLMNOPQR_-12]\"}",
                "{\"password\": null, \"pin\": \"\"}",
                "{\"log\": \"password=***&pin=***42\", \"in\": \"{\\\"pin\\\": \\\"***\\\"}\"}",
                "{\"pan\": \"***1111\"}"
            })
    void takesNoMaskForAValue(String content) {
        assertThat(report(json(1, content)).findings()).isEmpty();
    }

    @Test
    void listsFieldsThatOnlyADetectorMasked() {
        ScanReport report = report(
                masked(PAYMENTS, 1, "default:card /order/0/nr", "default:card /order/1/nr", "always:jwt header:x-a"),
                masked(PAYMENTS, 2, "default:card /order/5/nr"));

        assertThat(found(report)).containsExactly("DETECTED card /order/*/nr 2/3", "DETECTED jwt header:x-a 1/1");
    }

    @Test
    void takesNoNameForADetector() {
        ScanReport report = report(masked(
                PAYMENTS, 1, "default:credentials /password", "always-on header:cookie", "mine /a", "withheld form:x"));

        assertThat(report.isClean()).isTrue();
    }

    @Test
    void listsNothingThatNobodyCouldList() {
        ScanReport report = report(masked(PAYMENTS, 1, "default:card offset:12", "default:card path", "always:aws "));

        assertThat(report.isClean()).isTrue();
    }

    private static MaskRule rule(String name, List<String> json, List<String> detect, @Nullable UserPattern pattern) {
        return new MaskRule(
                name,
                new MaskAction.Redact(),
                json,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                detect,
                pattern,
                List.of());
    }

    @Test
    void knowsFromTheConfigurationWhichRulesDetect() {
        var listed = new ListedRules(Map.of(
                PAYMENTS,
                List.of(
                        rule("mail", List.of(), List.of("email"), null),
                        rule("ticket", List.of(), List.of(), new UserPattern("T-\\d+", "T-")),
                        rule("both", List.of("nr"), List.of("iban"), null))));
        LeakScan scan = Stored.scan(listed);

        scan.look(masked(PAYMENTS, 1, "mail /a", "ticket /b", "both /nr"));
        scan.look(masked(Stored.SEARCH, 2, "mail /a"));

        assertThat(found(scan.report())).containsExactly("DETECTED email /a 1/1", "DETECTED ticket /b 1/1");
    }

    @Test
    void saysWhatItCouldNotSee() {
        var withheld = new Masking(MaskStatus.WITHHELD, "syntax", false, null, "", Map.of(), List.of());
        LeakScan scan = Stored.scan();

        scan.look(Stored.session(1, "/", List.of(), new StoredMessage.None(), withheld));
        scan.look(Stored.session(2, "/", List.of(), new StoredMessage.Unreadable(), Masking.CLEAN));
        scan.addUnreadable();

        assertThat(scan.report().coverage()).isEqualTo(new ScanReport.Coverage(2, 1, 0, 1, 0, 1, 0));
        assertThat(scan.report().isClean()).isTrue();
    }

    @Test
    void countsWhatIsPastTheLimitOfPlaces() {
        String many = "{\"m\":\"ann@example.com\"}\n".repeat(5000);

        ScanReport report = report(body(1, "application/x-ndjson", many));

        assertThat(found(report)).containsExactly("CLEAR email /m 1/4096");
        assertThat(report.coverage().unplacedValues()).isEqualTo(904);
    }

    @Test
    void tellsNoMoreFindingsApartThanItsLimit() {
        var content = new StringBuilder("{\"a\":\"x\"");
        for (int i = 0; i < 4000; i++) {
            content.append(",\"k").append(Integer.toString(i, 36)).append("\":\"ann@example.com\"");
        }
        LeakScan scan = Stored.scan();

        scan.look(json(1, content + "}"));
        scan.look(json(2, content.toString().replace("\"k", "\"q") + "}"));

        assertThat(scan.report().findings()).hasSize(LeakScan.MAX_FINDINGS);
        assertThat(scan.report().coverage().unplacedValues()).isEqualTo(8000 - LeakScan.MAX_FINDINGS);
    }
}
