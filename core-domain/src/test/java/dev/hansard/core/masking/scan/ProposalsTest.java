// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import static dev.hansard.core.masking.scan.Stored.PAYMENTS;
import static dev.hansard.core.masking.scan.Stored.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.scan.Finding.Trace;
import dev.hansard.core.masking.scan.ScanReport.Proposal;
import dev.hansard.core.masking.scan.Selection.RuleKey;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.value.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProposalsTest {
    private static Finding finding(ServiceName service, String what, Place place) {
        return new Finding(
                service,
                Direction.REQUEST,
                place,
                What.of("scan:" + what),
                Trace.CLEAR,
                1,
                1,
                Stored.id(1),
                Stored.id(1));
    }

    private static Finding json(String what, String pointer) {
        return finding(PAYMENTS, what, new Place(pointer, new Selection(RuleKey.JSON, pointer)));
    }

    private static List<Proposal> proposals(Finding... findings) {
        return Proposals.of(List.of(findings), ListedRules.UNKNOWN).all();
    }

    @Test
    void proposesARuleForEachSortOfValueAndASetForEachService() {
        List<Proposal> proposals = proposals(
                json("card", "/a/nr"),
                json("email", "/mail"),
                finding(PAYMENTS, "card", new Place("form:card", new Selection(RuleKey.FORM, "card"))),
                finding(SEARCH, "jwt", new Place("header:x-a", new Selection(RuleKey.HEADERS, "x-a"))));

        assertThat(proposals).extracting(Proposal::set).containsExactly("scan-payments", "scan-search");
        assertThat(proposals.getFirst().rules())
                .extracting(MaskRule::name, MaskRule::action, MaskRule::json, MaskRule::form)
                .containsExactly(
                        tuple("scan-payments-card", new MaskAction.KeepLast(4), List.of("/a/nr"), List.of("card")),
                        tuple("scan-payments-email", new MaskAction.Token(), List.of("/mail"), List.of()));
        assertThat(proposals.getLast().rules()).extracting(MaskRule::action).containsExactly(new MaskAction.Redact());
    }

    @Test
    void redactsAFieldWithSeveralSortsOfValues() {
        List<Proposal> proposals = proposals(json("card", "/note"), json("email", "/Note"));

        MaskRule rule = proposals.getFirst().rules().getFirst();
        assertThat(proposals.getFirst().rules()).hasSize(1);
        assertThat(rule.name()).isEqualTo("scan-payments-several");
        assertThat(rule.action()).isEqualTo(new MaskAction.Redact());
        assertThat(rule.json()).containsExactly("/note");
    }

    @Test
    void selectsByDetectorWhatHasNoName() {
        List<Proposal> proposals = proposals(finding(PAYMENTS, "email", Place.TEXT));

        assertThat(proposals.getFirst().rules().getFirst().detect()).containsExactly("email");
    }

    @Test
    void proposesNothingForWhatNothingSelects() {
        Finding secret = new Finding(
                PAYMENTS,
                Direction.RESPONSE,
                Place.TEXT,
                What.of("always-on"),
                Trace.CLEAR,
                1,
                1,
                Stored.id(1),
                Stored.id(1));

        Proposals proposals = Proposals.of(List.of(secret), ListedRules.UNKNOWN);

        assertThat(proposals.all()).isEmpty();
        assertThat(proposals.without()).isEqualTo(1);
    }

    @Test
    void leavesOutWhatLiesInAFieldThatIsTakenWhole() {
        List<Proposal> proposals = proposals(json("card", "/a"), json("email", "/a/mail"), json("email", "/b"));

        assertThat(proposals.getFirst().rules())
                .extracting(MaskRule::json)
                .containsExactly(List.of("/a"), List.of("/b"));
    }

    @Test
    void proposesNothingThatTheConfigurationListsAlready() {
        MaskRule names = new MaskRule(
                "scan-payments-card",
                new MaskAction.Drop(),
                List.of("mail"),
                List.of("Card"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of());
        List<Finding> findings = List.of(
                json("email", "/mail"),
                json("card", "/nr"),
                finding(PAYMENTS, "card", new Place("form:card", new Selection(RuleKey.FORM, "card"))));

        Proposals proposals = Proposals.of(findings, new ListedRules(Map.of(PAYMENTS, List.of(names))));

        assertThat(proposals.without()).isEqualTo(2);
        assertThat(proposals.all()).hasSize(1);
        MaskRule rule = proposals.all().getFirst().rules().getFirst();
        assertThat(proposals.all().getFirst().rules()).hasSize(1);
        assertThat(rule.name()).isEqualTo("scan-payments-card-2");
        assertThat(rule.json()).containsExactly("/nr");
        assertThat(rule.form()).isEmpty();
    }

    @Test
    void givesNamesThatARuleMayHave() {
        List<Finding> findings = new ArrayList<>();
        for (String end : List.of("", "a", "b", "-1")) {
            var service = new ServiceName("s".repeat(61) + (end.isEmpty() ? "" : end));
            findings.add(finding(service, "card", new Place("/a", new Selection(RuleKey.JSON, "/a"))));
        }

        List<String> names = Proposals.of(findings, ListedRules.UNKNOWN).all().stream()
                .flatMap(proposal -> Stream.concat(
                        Stream.of(proposal.set()), proposal.rules().stream().map(MaskRule::name)))
                .toList();

        assertThat(names)
                .hasSize(8)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"));
    }

    @Test
    void keepsToItsLimits() {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < Proposals.MAX_SELECTIONS + 50; i++) {
            findings.add(json("card", "/k" + i));
        }
        for (int i = 0; i < Proposals.MAX_RULES + 7; i++) {
            findings.add(finding(new ServiceName("t" + i), "card", new Place("/a", new Selection(RuleKey.JSON, "/a"))));
        }

        Proposals proposals = Proposals.of(findings, ListedRules.UNKNOWN);

        assertThat(proposals.all().stream()
                        .mapToInt(proposal -> proposal.rules().size())
                        .sum())
                .isEqualTo(Proposals.MAX_RULES);
        assertThat(proposals.all().getFirst().rules().getFirst().json()).hasSize(Proposals.MAX_SELECTIONS);
        assertThat(proposals.without()).isEqualTo(50 + 8);
    }
}
