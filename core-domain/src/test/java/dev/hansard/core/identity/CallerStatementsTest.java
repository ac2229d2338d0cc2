// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.CallerStatement;
import dev.hansard.ports.identity.StatementSigner;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CallerStatementsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.750Z");
    private static final ServiceName PAYMENTS = new ServiceName("payments");
    private static final ServiceName LEDGER = new ServiceName("ledger");
    private static final ServiceName SEARCH = new ServiceName("search");
    private static final Caller CHECKOUT = new Caller("mesh", "checkout", List.of("shop"));

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final List<CallerStatement> signed = new ArrayList<>();
    private final CallerStatements statements =
            new CallerStatements(new NodeName("node-1"), Set.of(PAYMENTS, LEDGER), new Counting(), now::get);

    private final class Counting implements StatementSigner {
        @Override
        public String sign(CallerStatement statement) {
            signed.add(statement);
            return "statement " + signed.size();
        }

        @Override
        public String keySet() {
            return "keys";
        }
    }

    private void move(Duration by) {
        now.updateAndGet(time -> time.plus(by));
    }

    @Test
    void saysWhoCallsForAMinute() {
        assertThat(statements.about(PAYMENTS, CHECKOUT)).isEqualTo("statement 1");

        Instant second = Instant.parse("2026-03-01T12:00:00Z");
        assertThat(signed)
                .containsExactly(new CallerStatement(
                        new NodeName("node-1"), PAYMENTS, CHECKOUT, second, second.plusSeconds(60)));
    }

    @Test
    void saysNothingToATargetThatDoesNotAsk() {
        assertThat(statements.about(SEARCH, CHECKOUT)).isNull();

        assertThat(signed).isEmpty();
    }

    @Test
    void saysTheSameForHalfOfItsLife() {
        String first = statements.about(PAYMENTS, CHECKOUT);
        move(Duration.ofSeconds(29));
        String second = statements.about(PAYMENTS, CHECKOUT);
        move(Duration.ofSeconds(1));
        String third = statements.about(PAYMENTS, CHECKOUT);

        assertThat(second).isEqualTo(first);
        assertThat(third).isNotEqualTo(first);
        assertThat(signed).hasSize(2);
    }

    @Test
    void saysItAnewWhenTheClockWasSetBack() {
        String first = statements.about(PAYMENTS, CHECKOUT);
        move(Duration.ofHours(-1));

        assertThat(statements.about(PAYMENTS, CHECKOUT)).isNotEqualTo(first);
    }

    @Test
    void saysEachThingToItsOwnTargetAboutItsOwnCaller() {
        var others = List.of(
                new Caller("keys", "checkout", List.of("shop")),
                new Caller("mesh", "checkout", List.of("shop", "admins")),
                new Caller("mesh", "checkout", List.of("shop"), List.of("agent")));

        statements.about(PAYMENTS, CHECKOUT);
        statements.about(LEDGER, CHECKOUT);
        others.forEach(other -> statements.about(PAYMENTS, other));

        assertThat(signed).hasSize(5);
        assertThat(signed).extracting(CallerStatement::caller).containsAll(others);
    }

    @Test
    void keepsNoMoreThanItMay() {
        for (int i = 0; i <= CallerStatements.MOST_KEPT; i++) {
            statements.about(PAYMENTS, new Caller("mesh", "caller-" + i, List.of()));
        }
        int made = signed.size();

        statements.about(PAYMENTS, new Caller("mesh", "caller-" + CallerStatements.MOST_KEPT, List.of()));
        statements.about(PAYMENTS, new Caller("mesh", "caller-0", List.of()));

        assertThat(signed).hasSize(made + 1);
    }
}
