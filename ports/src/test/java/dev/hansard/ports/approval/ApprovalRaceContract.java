// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.approval.ApprovalStoreContract.Opened;
import dev.hansard.ports.value.ApprovalId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What two nodes that share a store come to when both change the same approval at the same moment, many times over. A
 * node changes an approval as the core does: it reads, and puts the next version in place of what it read, from the
 * start again where somebody else was first.
 */
public interface ApprovalRaceContract {
    /** In all, a quarter of them of each kind; {@code -Dhansard.approval.races=N} for another number. */
    int RACES = Integer.getInteger("hansard.approval.races", 10_000);

    /** Races that are run side by side. */
    int AT_ONCE = 4;

    Duration LONG = Duration.ofDays(1);

    /** Opens that of a folder. */
    Opened open(Path folder);

    /** The same for another node; where there can only be one, for another thread of it. */
    default Opened openOther(Path folder, Opened one) {
        return open(folder);
    }

    /** One of two that change an approval at once; whether it did. */
    @FunctionalInterface
    interface Runner {
        boolean run(ApprovalStore store, ApprovalId id);
    }

    /**
     * One kind of race.
     *
     * @param from the state that it begins in
     * @param winners how many of the two get their way
     * @param ends what the approval may be in the end, its state and what was done to it
     */
    record Kind(ApprovalState from, Runner one, Runner other, int winners, List<String> ends) {}

    private static StoredApproval row(ApprovalId id, long version, ApprovalState state, String document) {
        return new StoredApproval(
                id,
                version,
                state,
                ApprovalStoreContract.PAYMENTS,
                ApprovalStoreContract.HERE,
                "corp",
                "billing",
                ApprovalStoreContract.NOON.plus(LONG),
                null,
                ApprovalStoreContract.NOON.plus(LONG),
                ByteBuffer.wrap(document.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String document(StoredApproval row) {
        return StandardCharsets.US_ASCII.decode(row.document()).toString();
    }

    /** Brings an approval to a state, once, if it is in the one that this may be done in. */
    private static Runner to(ApprovalState from, ApprovalState next, String what) {
        return changing(before ->
                before.state() == from ? row(before.id(), before.version() + 1, next, document(before) + what) : null);
    }

    /** One of two people who have to approve. */
    private static Runner approving(String who) {
        return changing(before -> {
            boolean isLast = document(before).length() == 1;
            return row(
                    before.id(),
                    before.version() + 1,
                    isLast ? ApprovalState.APPROVED : ApprovalState.PENDING,
                    document(before) + who);
        });
    }

    /** By a step that gives the next version; null to leave it. */
    private static Runner changing(Function<StoredApproval, @Nullable StoredApproval> step) {
        return (store, id) -> {
            while (true) {
                StoredApproval before = Objects.requireNonNull(store.find(id));
                StoredApproval next = step.apply(before);
                if (next == null) {
                    return false;
                }
                if (store.replace(next)) {
                    return true;
                }
            }
        };
    }

    @Test
    default void usesAnApprovalOnceOfTwoThatUseItAtOnce(@TempDir Path folder) throws Exception {
        race(
                folder,
                new Kind(
                        ApprovalState.APPROVED,
                        to(ApprovalState.APPROVED, ApprovalState.USED, "a"),
                        to(ApprovalState.APPROVED, ApprovalState.USED, "b"),
                        1,
                        List.of("USED a 2", "USED b 2")));
    }

    @Test
    default void countsBothOfTwoWhoApproveAtOnce(@TempDir Path folder) throws Exception {
        race(
                folder,
                new Kind(
                        ApprovalState.PENDING,
                        approving("a"),
                        approving("b"),
                        2,
                        List.of("APPROVED ab 3", "APPROVED ba 3")));
    }

    @Test
    default void expiresOrApprovesWhatEndsWhileItIsApproved(@TempDir Path folder) throws Exception {
        race(
                folder,
                new Kind(
                        ApprovalState.PENDING,
                        to(ApprovalState.PENDING, ApprovalState.EXPIRED, "x"),
                        to(ApprovalState.PENDING, ApprovalState.APPROVED, "a"),
                        1,
                        List.of("EXPIRED x 2", "APPROVED a 2")));
    }

    @Test
    default void deniesOrUsesWhatIsSentWhileItIsDenied(@TempDir Path folder) throws Exception {
        race(
                folder,
                new Kind(
                        ApprovalState.APPROVED,
                        to(ApprovalState.APPROVED, ApprovalState.DENIED, "d"),
                        to(ApprovalState.APPROVED, ApprovalState.USED, "u"),
                        1,
                        List.of("DENIED d 2", "USED u 2")));
    }

    private void race(Path folder, Kind kind) throws InterruptedException, ExecutionException {
        try (Opened one = open(folder);
                Opened other = openOther(folder, one);
                ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE * 3)) {
            var lanes = new ArrayList<Callable<List<String>>>();
            for (int lane = 0; lane < AT_ONCE; lane++) {
                int first = lane * RACES;
                lanes.add(() -> unexpected(kind, first, one.store(), other.store(), threads));
            }

            List<Future<List<String>>> unexpected = threads.invokeAll(lanes);

            for (Future<List<String>> lane : unexpected) {
                assertThat(lane.get()).isEmpty();
            }
        }
    }

    /** What came out otherwise than it may. */
    private static List<String> unexpected(
            Kind kind, int first, ApprovalStore one, ApprovalStore other, ExecutorService threads) throws Exception {
        var unexpected = new ArrayList<String>();
        int most = Math.max(1, RACES / 4 / AT_ONCE);
        for (int i = 0; i < most; i++) {
            ApprovalId id = ApprovalStoreContract.id(first + i + 1);
            one.add(row(id, 1, kind.from(), ""));
            var start = new CountDownLatch(2);
            Future<Boolean> its = threads.submit(() -> started(start, kind.one(), one, id));
            Future<Boolean> theirs = threads.submit(() -> started(start, kind.other(), other, id));
            int winners = (its.get() ? 1 : 0) + (theirs.get() ? 1 : 0);
            StoredApproval end = Objects.requireNonNull(i % 2 == 0 ? one.find(id) : other.find(id));
            String came = end.state() + " " + document(end) + " " + end.version();
            if (winners != kind.winners() || !kind.ends().contains(came)) {
                unexpected.add("race " + i + " ended " + came + " with " + winners + " winners");
            }
        }
        return unexpected;
    }

    private static boolean started(CountDownLatch start, Runner runner, ApprovalStore store, ApprovalId id)
            throws InterruptedException {
        start.countDown();
        start.await();
        return runner.run(store, id);
    }
}
