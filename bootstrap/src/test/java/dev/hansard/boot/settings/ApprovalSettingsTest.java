// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.hansard.boot.settings.policy.PolicySettings;
import dev.hansard.core.approval.rule.People.Account;
import dev.hansard.ports.approval.ApprovalTerms;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.policy.BodyReader;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApprovalSettingsTest {
    private static final String START = "version: 1\nservices: { a: http://a }\n";

    private static PolicySettings loaded(String rest) {
        Loading loading = Configurations.load(START + rest);
        return loading instanceof Loading.Loaded loaded
                ? loaded.settings().policies()
                : fail(Configurations.printed(loading));
    }

    private static ApprovalTerms terms(String approval) {
        return loaded("policies: { p: { action: require-approval" + approval + " } }\n")
                .policies()
                .getFirst()
                .approval();
    }

    @Test
    void readsWhatAnApprovalTakes() {
        assertThat(terms("")).isEqualTo(ApprovalTerms.USUAL);
        assertThat(terms(", approval: { reviewers: [leads, sre], count: 2, hold: 0s, expires: 1h, on-timeout: deny,"
                        + " grant: window, window: 30m }"))
                .isEqualTo(new ApprovalTerms(
                        List.of("leads", "sre"), 2, Duration.ZERO, Duration.ofHours(1), Duration.ofMinutes(30)));
        assertThat(terms(", approval: { grant: once }").window()).isNull();
        assertThat(terms(", approval: { grant: window }").window()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void readsWhoIsWho() {
        PolicySettings settings = loaded("""
                approvals:
                  owners: { "spiffe://prod/shop/*": [ann, "group:shop"] }
                  people: { ann: [corp-oidc/ann@example.com, corp-saml/ann/b] }
                """);

        assertThat(settings.people().owners()).singleElement().satisfies(owner -> {
            assertThat(owner.callers()).isEqualTo(new CallerPattern("spiffe://prod/shop/*"));
            assertThat(owner.people()).containsExactly(new CallerPattern("ann"), new CallerPattern("group:shop"));
        });
        assertThat(settings.people().linked())
                .containsExactly(
                        Set.of(new Account("corp-oidc", "ann@example.com"), new Account("corp-saml", "ann/b")));
    }

    @Test
    void hasAnotherVersionForOtherTerms() {
        String one = version("count: 1");

        assertThat(version("count: 1, hold: 60s")).isEqualTo(one);
        assertThat(version("count: 2")).isNotEqualTo(one);
        assertThat(version("reviewers: [leads]")).isNotEqualTo(one);
    }

    private static String version(String approval) {
        return loaded("policies: { p: { action: require-approval, approval: { " + approval + " } } }\n")
                .toSet((_, _) -> new BodyReader.Unreadable("nobody reads"), List.of())
                .version();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            approval.count must be ~ policies: { p: { action: require-approval, approval: { count: 0 } } }
            approval.count must be ~ policies: { p: { action: require-approval, approval: { count: 21 } } }
            approval.hold must be a duration of at most 10m ~ policies: { p: { action: require-approval, approval: { hold: 11m } } }
            approval.expires must be a duration from 1s to 7d ~ policies: { p: { action: require-approval, approval: { expires: 8d } } }
            approval.on-timeout must be deny, but is 'allow' ~ policies: { p: { action: require-approval, approval: { on-timeout: allow } } }
            hint: a request that nobody approved never passes ~ policies: { p: { action: require-approval, approval: { on-timeout: allow } } }
            approval.grant must be one of ~ policies: { p: { action: require-approval, approval: { grant: always } } }
            approval.window is for grant: window ~ policies: { p: { action: require-approval, approval: { window: 1h } } }
            approval is for policies that require an approval, but the action is deny ~ policies: { p: { action: deny, approval: { count: 1 } } }
            hint: did you mean 'reviewers'? ~ policies: { p: { action: require-approval, approval: { reviewer: [a] } } }
            approvals.people.ann must be PROVIDER/SUBJECT ~ approvals: { people: { ann: [ann] } }
            approvals.owners.x must be a list ~ approvals: { owners: { x: ann } }
            """)
    void refusesWhatCannotBeMeant(String expected, String yaml) {
        Loading loading = Configurations.load(START + yaml + "\n");

        assertThat(loading).isInstanceOf(Loading.Rejected.class);
        assertThat(Configurations.printed(loading)).contains(expected).contains("3:");
    }
}
