// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.retention.RetentionRules.Rule;
import dev.hansard.core.session.QueryParser;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.SummaryBuilder;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionRulesTest {
    private static final RetentionClass PCI = new RetentionClass("pci");
    private static final RetentionClass DEBUG = new RetentionClass("debug");
    private static final RetentionClass PROBES = new RetentionClass("probes");
    private static final RetentionRules RULES = new RetentionRules(
            Map.of(RetentionClass.DEFAULT, Duration.ofDays(30), PCI, Duration.ofDays(365), DEBUG, Duration.ofDays(7)),
            Map.of(new ServiceName("payments"), PCI),
            List.of(rule("status:>=500", DEBUG), rule("service:payments path:/healthz", PROBES)));

    private static Rule rule(String when, RetentionClass retention) {
        return new Rule(QueryParser.parse(when, Instant.EPOCH), retention);
    }

    private static SessionSummary session(String service, int status, String target) {
        return SummaryBuilder.aSession()
                .service(service)
                .status(status)
                .target(target)
                .summary();
    }

    @Test
    void givesTheDefaultWhereNothingElseIsSaid() {
        assertThat(RULES.classOf(session("search", 200, "/"))).isEqualTo(RetentionClass.DEFAULT);
    }

    @Test
    void appliesARuleToServicesThatNameNoClass() {
        assertThat(RULES.classOf(session("search", 503, "/"))).isEqualTo(DEBUG);
    }

    @Test
    void letsNoGeneralRuleShortenWhatAServicePromised() {
        assertThat(RULES.classOf(session("payments", 503, "/"))).isEqualTo(PCI);
    }

    @Test
    void letsARuleThatNamesTheServiceDecide() {
        assertThat(RULES.classOf(session("payments", 200, "/healthz"))).isEqualTo(PROBES);
    }
}
