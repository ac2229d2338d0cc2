// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.circuit.CircuitRule;
import dev.hansard.core.circuit.Circuits;
import dev.hansard.core.circuit.ServiceCircuits;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UpstreamChoiceTest {
    private static final CircuitRule AT_ONCE = new CircuitRule(1, 1, Duration.ofSeconds(10), Duration.ofSeconds(5), 1);
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong nanos = new AtomicLong();
    private final Service service = Services.withUpstreams("shop", 3);
    private final ServiceCircuits circuits = Objects.requireNonNull(
            new Circuits(List.of(service), Map.of(service.name(), AT_ONCE), nanos::get).of(service.name()));

    private UpstreamChoice choice(int turn) {
        return new UpstreamChoice(service, turn, circuits);
    }

    private UpstreamChoice chosen(int turn) {
        UpstreamChoice choice = choice(turn);
        assertThat(choice.choose()).isNull();
        return choice;
    }

    private void open(int turn) {
        UpstreamChoice choice = chosen(turn);
        choice.answered(503);
        choice.end();
    }

    @Test
    void triesEachOnceWithoutCircuits() {
        var choice = new UpstreamChoice(service, 1, null);

        assertThat(choice.refusal()).isNull();
        assertThat(choice.choose()).isNull();
        assertThat(choice.chosen().host()).isEqualTo("up1.test");
        assertThat(Objects.requireNonNull(choice.other()).host()).isEqualTo("up2.test");
        assertThat(Objects.requireNonNull(choice.other()).host()).isEqualTo("up0.test");
        assertThat(choice.other()).isNull();
        assertThat(choice.chosen().host()).isEqualTo("up0.test");
    }

    @Test
    void passesOverThoseThatAreOpen() {
        open(0);

        assertThat(chosen(0).chosen().host()).isEqualTo("up1.test");
        assertThat(chosen(2).chosen().host()).isEqualTo("up2.test");
        UpstreamChoice third = chosen(2);
        assertThat(Objects.requireNonNull(third.other()).host()).isEqualTo("up1.test");
        assertThat(third.other()).isNull();
    }

    @Test
    void refusesWhileAllAreOpen() {
        open(0);
        open(1);
        nanos.addAndGet(SECOND);
        assertThat(choice(0).refusal()).isNull();
        open(2);

        Refusal early = Objects.requireNonNull(choice(0).refusal());
        assertThat(early.status()).isEqualTo(503);
        assertThat(early.code()).isEqualTo("circuit_open");
        assertThat(early.fields()).containsExactly(new Field("Retry-After", "4"));
        assertThat(choice(0).choose()).isEqualTo(early);
        nanos.addAndGet(4 * SECOND);
        assertThat(choice(2).refusal()).isNull();
        assertThat(chosen(2).chosen().host()).isEqualTo("up0.test");
    }

    @Test
    void leavesTheTrialToOthersWhenNothingWasLearnt() {
        open(0);
        open(1);
        open(2);
        nanos.addAndGet(5 * SECOND);
        UpstreamChoice first = chosen(0);
        UpstreamChoice second = chosen(0);
        UpstreamChoice third = chosen(0);

        assertThat(choice(0).choose()).isNotNull();
        second.end();
        assertThat(chosen(0).chosen()).isEqualTo(second.chosen());
        assertThat(List.of(first.chosen().host(), third.chosen().host())).containsExactly("up0.test", "up2.test");
    }

    @Test
    void countsWhatTheUpstreamCannotDoAndNothingElse() {
        for (int status : List.of(200, 204, 304, 400, 404, 429, 500, 501, 505)) {
            UpstreamChoice choice = chosen(0);
            choice.answered(status);
            choice.end();
            assertThat(chosen(0).chosen().host()).as("after %d", status).isEqualTo("up0.test");
        }

        UpstreamChoice failing = chosen(0);
        failing.answered(200);
        failing.failed();
        failing.end();
        assertThat(chosen(0).chosen().host()).isEqualTo("up1.test");
        UpstreamChoice silent = chosen(1);
        silent.failed();
        silent.end();
        assertThat(chosen(1).chosen().host()).isEqualTo("up2.test");
    }

    @Test
    void choosesOnce() {
        UpstreamChoice choice = chosen(0);

        assertThat(choice.choose()).isNull();
        assertThat(choice.chosen().host()).isEqualTo("up0.test");
        assertThat(choice.refusal()).isNull();
    }
}
