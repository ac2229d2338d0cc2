// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import static dev.hansard.core.approval.rule.AnApproval.BILLING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.ApprovalTerms;
import dev.hansard.ports.approval.InMemoryApprovalStore;
import dev.hansard.ports.approval.InMemoryApprovalVault;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.exchange.CallerWatch;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.NotAllowedException;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.NodeName;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes that do something to the same approval at the same moment: it has one end, and both know which. */
@Timeout(120)
class ApprovalRaceTest {
    private static final int RACES = Integer.getInteger("hansard.approval.races", 10_000) / 4;
    private static final Field ASYNC = new Field("Prefer", "respond-async");
    private static final Duration EXPIRES = Duration.ofMinutes(5);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    /** Two nodes that share a store. */
    private static final class Pair {
        private final InMemoryApprovalStore store = new InMemoryApprovalStore();
        private final Room here = room("node-a");
        private final Room there = room("node-b");

        private Room room(String name) {
            return new Room(new NodeName(name), store, new InMemoryApprovalVault(1_000), ApprovalLimits.DEFAULT);
        }

        private static HeldCall request(Room room, int people, Field... fields) {
            return room.request(
                    BILLING, new ApprovalTerms(List.of(), people, Duration.ofMinutes(10), EXPIRES, null), fields);
        }

        /** A request whose caller has left. */
        private ApprovalId parked(int people) {
            here.room.ask(request(here, people, ASYNC), CallerWatch.NEVER);
            return here.told.getLast().id();
        }

        private Approval end(ApprovalId id) {
            return Objects.requireNonNull(there.book.find(id));
        }

        /** How many changes brought approvals to a state, on both nodes. */
        private long reached(ApprovalState state) {
            return here.book.ended().getOrDefault(state, 0L)
                    + there.book.ended().getOrDefault(state, 0L);
        }
    }

    private <T> List<T> atOnce(Callable<T> one, Callable<T> other) throws InterruptedException, ExecutionException {
        var start = new CountDownLatch(2);
        Future<T> its = threads.submit(() -> started(start, one));
        Future<T> theirs = threads.submit(() -> started(start, other));
        return List.of(its.get(), theirs.get());
    }

    private static <T> T started(CountDownLatch start, Callable<T> what) throws Exception {
        start.countDown();
        start.await();
        return what.call();
    }

    /** Decides, and tells the code of the refusal; empty when there was none. */
    private static String decided(Room room, ApprovalId id, String who, Vote.Verdict verdict) {
        try {
            room.decide(id, who, verdict);
            return "";
        } catch (NotAllowedException e) {
            return e.refusal().code();
        }
    }

    private static boolean isUsed(Room room, ApprovalId id) {
        @Nullable Approval used = room.book.change(id, before -> HoldingRoom.used(before, null, room.clock.get()));
        return used != null;
    }

    @Test
    void usesItOnceOfTwoThatWouldUseIt() throws Exception {
        for (int i = 0; i < RACES; i++) {
            var pair = new Pair();
            ApprovalId id = pair.parked(1);
            pair.there.decide(id, "ann", Vote.Verdict.APPROVE);

            List<Boolean> used = atOnce(() -> isUsed(pair.here, id), () -> isUsed(pair.there, id));

            assertThat(used).containsExactlyInAnyOrder(true, false);
            assertThat(pair.end(id).state()).isEqualTo(ApprovalState.USED);
            assertThat(pair.reached(ApprovalState.USED)).isEqualTo(1);
        }
    }

    @Test
    void countsAPersonInTwoTabsOnce() throws Exception {
        for (int i = 0; i < RACES; i++) {
            var pair = new Pair();
            ApprovalId id = pair.parked(2);

            List<String> refused = atOnce(
                    () -> decided(pair.here, id, "ann", Vote.Verdict.APPROVE),
                    () -> decided(pair.there, id, "ann", Vote.Verdict.APPROVE));

            assertThat(refused).containsExactly("", "");
            assertThat(pair.end(id).votes()).hasSize(1);
            assertThat(pair.end(id).state()).isEqualTo(ApprovalState.PENDING);
        }
    }

    @Test
    void approvesOnceOfTwoLastApprovals() throws Exception {
        for (int i = 0; i < RACES; i++) {
            var pair = new Pair();
            ApprovalId id = pair.parked(2);

            List<String> refused = atOnce(
                    () -> decided(pair.here, id, "ann", Vote.Verdict.APPROVE),
                    () -> decided(pair.there, id, "bob", Vote.Verdict.APPROVE));

            assertThat(refused).containsExactly("", "");
            assertThat(pair.end(id).votes()).hasSize(2);
            assertThat(pair.reached(ApprovalState.APPROVED)).isEqualTo(1);
        }
    }

    /** Another node approves while this one expires it; whoever waits goes on if it was used, and only then. */
    @Test
    void expiresOrSendsWhatIsApprovedAtItsEnd() throws Exception {
        for (int i = 0; i < RACES; i++) {
            var pair = new Pair();
            Future<Holding.Verdict> waiting =
                    threads.submit(() -> pair.here.room.ask(Pair.request(pair.here, 1), CallerWatch.NEVER));
            while (pair.here.told.isEmpty()) {
                Thread.onSpinWait();
            }
            ApprovalId id = pair.here.told.getLast().id();

            atOnce(() -> approved(pair, id), () -> expired(pair));
            pair.here.courier.tick();

            boolean isGranted = waiting.get() instanceof Holding.Granted;
            assertThat(pair.end(id).state()).isEqualTo(isGranted ? ApprovalState.USED : ApprovalState.EXPIRED);
            assertThat(pair.reached(ApprovalState.USED)).isEqualTo(isGranted ? 1 : 0);
            assertThat(pair.reached(ApprovalState.EXPIRED)).isEqualTo(isGranted ? 0 : 1);
        }
    }

    private static boolean approved(Pair pair, ApprovalId id) {
        String refused = decided(pair.there, id, "ann", Vote.Verdict.APPROVE);
        pair.here.courier.tick();
        return refused.isEmpty();
    }

    private static boolean expired(Pair pair) {
        pair.here.pass(EXPIRES);
        pair.there.pass(EXPIRES);
        pair.here.courier.tick();
        return true;
    }
}
