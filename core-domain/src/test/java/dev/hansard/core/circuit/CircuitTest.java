// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CircuitTest {
    private static final long MILLI = 1_000_000;
    private static final CircuitRule HALF = new CircuitRule(50, 4, Duration.ofSeconds(1), Duration.ofMillis(500), 2);

    private final Circuit circuit = new Circuit(HALF, 0);

    private static Circuit.Pass enter(Circuit circuit, long now) {
        return Objects.requireNonNull(circuit.enter(now));
    }

    private void fail(int calls, long now) {
        for (int i = 0; i < calls; i++) {
            circuit.failed(enter(circuit, now), now);
        }
    }

    private void succeed(int calls, long now) {
        for (int i = 0; i < calls; i++) {
            circuit.succeeded(enter(circuit, now), now);
        }
    }

    @Test
    void opensOnceEnoughOfEnoughCallsHaveFailed() {
        succeed(2, 0);
        fail(1, 0);
        assertThat(circuit.isShut(0)).isFalse();

        fail(1, 0);

        assertThat(circuit.isShut(0)).isTrue();
        assertThat(circuit.enter(0)).isNull();
        assertThat(circuit.waitNanos(100 * MILLI)).isEqualTo(400 * MILLI);
        assertThat(circuit.opened()).isOne();
    }

    @Test
    void forgetsWhatWasLongAgo() {
        fail(3, 0);

        fail(3, 1_000 * MILLI);

        assertThat(circuit.isShut(1_000 * MILLI)).isFalse();
        fail(1, 1_899 * MILLI);
        assertThat(circuit.isShut(1_899 * MILLI)).isTrue();
    }

    @Test
    void letsOneCallTryAfterATime() {
        fail(4, 0);

        assertThat(circuit.enter(500 * MILLI - 1)).isNull();
        Circuit.Pass trial = enter(circuit, 500 * MILLI);
        assertThat(circuit.enter(500 * MILLI)).isNull();
        circuit.succeeded(trial, 501 * MILLI);
        Circuit.Pass second = enter(circuit, 502 * MILLI);
        assertThat(circuit.enter(502 * MILLI)).isNull();
        circuit.succeeded(second, 503 * MILLI);

        assertThat(circuit.enter(503 * MILLI)).isNotNull();
        assertThat(circuit.enter(503 * MILLI)).isNotNull();
        assertThat(circuit.level()).isZero();
    }

    @Test
    void isOpenAgainAfterATrialThatFails() {
        fail(4, 0);

        circuit.failed(enter(circuit, 500 * MILLI), 600 * MILLI);

        assertThat(circuit.enter(1_099 * MILLI)).isNull();
        assertThat(circuit.enter(1_100 * MILLI)).isNotNull();
        assertThat(circuit.opened()).isEqualTo(2);
    }

    @Test
    void letsAnotherTryWhenOneHasLeftOrIsNotHeardOfAnyMore() {
        fail(4, 0);
        Circuit.Pass left = enter(circuit, 500 * MILLI);
        circuit.left(left, 510 * MILLI);
        Circuit.Pass silent = enter(circuit, 510 * MILLI);

        assertThat(circuit.enter(1_009 * MILLI)).isNull();
        Circuit.Pass third = enter(circuit, 1_010 * MILLI);
        circuit.failed(silent, 1_020 * MILLI);
        assertThat(circuit.level()).isOne();
        circuit.succeeded(third, 1_020 * MILLI);
        assertThat(circuit.enter(1_020 * MILLI)).isNotNull();
    }

    @Test
    void doesNotOpenAgainForCallsThatBeganBefore() {
        List<Circuit.Pass> early =
                IntStream.range(0, 10).mapToObj(_ -> enter(circuit, 0)).toList();
        fail(4, 0);
        circuit.succeeded(enter(circuit, 500 * MILLI), 500 * MILLI);
        circuit.succeeded(enter(circuit, 500 * MILLI), 500 * MILLI);

        early.forEach(pass -> circuit.failed(pass, 501 * MILLI));

        assertThat(circuit.level()).isZero();
        assertThat(circuit.opened()).isOne();
    }

    @Test
    void countsAnAnswerThatBreaksOffAsAFailure() {
        for (int i = 0; i < 4; i++) {
            Circuit.Pass pass = enter(circuit, 0);
            circuit.succeeded(pass, 0);
            circuit.brokeOff(pass, 0);
        }

        assertThat(circuit.isShut(0)).isTrue();
    }

    @Test
    void letsExactlyOneOfManyThreadsTry() throws InterruptedException {
        fail(4, 0);
        var through = new AtomicInteger();
        var start = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();

        for (int i = 0; i < 16; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    start.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
                if (circuit.enter(500 * MILLI) != null) {
                    through.incrementAndGet();
                }
            }));
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(through.get()).isOne();
    }

    /** What may happen, with how much later than what was before it. */
    record Step(What what, int millis, int which) {}

    enum What {
        ENTER,
        SUCCEED,
        FAIL,
        LEAVE
    }

    @Provide
    static Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        // Calls that fail are many, or it would seldom open.
                        Arbitraries.of(
                                What.ENTER, What.ENTER, What.ENTER, What.SUCCEED, What.FAIL, What.FAIL, What.LEAVE),
                        Arbitraries.of(0, 0, 0, 1, 99, 100, 250, 500, 1_000),
                        Arbitraries.integers().between(0, 100))
                .as(Step::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(300);
    }

    @Property
    void doesWhatItsModelDoes(@ForAll("steps") List<Step> steps) {
        var tested = new Circuit(HALF, 0);
        var model = new CircuitModel(HALF);
        var inFlight = new ArrayList<InFlight>();
        long now = 0;

        for (Step step : steps) {
            now += step.millis() * MILLI;
            if (step.what() == What.ENTER) {
                assertThat(tested.isShut(now)).isEqualTo(model.isShut(now));
                Circuit.@Nullable Pass pass = tested.enter(now);
                CircuitModel.@Nullable Ticket ticket = model.enter(now);
                assertThat(pass == null).isEqualTo(ticket == null);
                if (pass != null && ticket != null) {
                    inFlight.add(new InFlight(pass, ticket));
                }
            } else if (!inFlight.isEmpty()) {
                InFlight call = inFlight.remove(step.which() % inFlight.size());
                switch (step.what()) {
                    case SUCCEED -> {
                        tested.succeeded(call.pass(), now);
                        model.succeeded(call.ticket(), now);
                    }
                    case FAIL -> {
                        tested.failed(call.pass(), now);
                        model.failed(call.ticket(), now);
                    }
                    case LEAVE, ENTER -> {
                        tested.left(call.pass(), now);
                        model.left(call.ticket());
                    }
                }
            }
            assertThat(tested.level()).isEqualTo(model.level());
        }
    }

    /** One call, as the circuit and its model know it. */
    private record InFlight(Circuit.Pass pass, CircuitModel.Ticket ticket) {}
}
