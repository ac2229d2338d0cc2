// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store of approvals has to do. */
public interface ApprovalStoreContract {
    Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
    Duration HOUR = Duration.ofHours(1);
    ServiceName PAYMENTS = new ServiceName("payments");
    ServiceName LEDGER = new ServiceName("ledger");
    NodeName HERE = new NodeName("node-a");
    NodeName THERE = new NodeName("node-b");

    /** Opens that of a folder, as it was left. */
    Opened open(Path folder);

    /** An open one. */
    interface Opened extends AutoCloseable {
        ApprovalStore store();

        @Override
        void close();
    }

    /** The id that comes in that place. */
    static ApprovalId id(int place) {
        return new ApprovalId((0x0190_0000_0000L + place) << 16 | 0x7000, 0x8000_0000_0000_0000L | place);
    }

    private static StoredApproval row(int place, ApprovalState state) {
        return row(place, 1, state, PAYMENTS, HERE, null);
    }

    private static StoredApproval row(
            int place,
            long version,
            ApprovalState state,
            ServiceName service,
            NodeName node,
            @Nullable Instant standsUntil) {
        return new StoredApproval(
                id(place),
                version,
                state,
                service,
                node,
                "corp",
                "billing",
                NOON.plus(HOUR),
                standsUntil,
                NOON.plus(HOUR.multipliedBy(24)),
                ByteBuffer.wrap(("document " + place + " \0\u00ff " + version).getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static List<ApprovalId> ids(List<StoredApproval> rows) {
        return rows.stream().map(StoredApproval::id).toList();
    }

    @Test
    default void findsWhatWasAddedAfterARestart(@TempDir Path folder) {
        StoredApproval row = row(1, 1, ApprovalState.PENDING, PAYMENTS, HERE, NOON);
        try (Opened opened = open(folder)) {
            opened.store().add(row);

            assertThat(opened.store().find(id(1))).isEqualTo(row);
        }
        try (Opened opened = open(folder)) {
            assertThat(opened.store().find(id(1))).isEqualTo(row);
            assertThat(opened.store().find(id(2))).isNull();
            assertThat(opened.store().open()).isEqualTo(1);
        }
    }

    @Test
    default void keepsTextsOfAllKinds(@TempDir Path folder) {
        StoredApproval plain = row(1, ApprovalState.PENDING);
        var odd = new StoredApproval(
                plain.id(),
                1,
                plain.state(),
                PAYMENTS,
                HERE,
                "p\0'",
                "s\ud800 \ud83d\ude00",
                NOON,
                null,
                NOON,
                ByteBuffer.allocate(StoredApproval.MOST_BYTES));
        try (Opened opened = open(folder)) {
            opened.store().add(odd);

            assertThat(opened.store().find(id(1))).isEqualTo(odd);
        }
    }

    @Test
    default void replacesTheVersionBeforeOnly(@TempDir Path folder) {
        StoredApproval second = row(1, 2, ApprovalState.USED, PAYMENTS, HERE, NOON.plus(HOUR));
        try (Opened opened = open(folder)) {
            opened.store().add(row(1, ApprovalState.PENDING));

            assertThat(opened.store().replace(row(1, 3, ApprovalState.DENIED, PAYMENTS, HERE, null)))
                    .isFalse();
            assertThat(opened.store().replace(second)).isTrue();
            assertThat(opened.store().replace(row(1, 2, ApprovalState.DENIED, PAYMENTS, HERE, null)))
                    .isFalse();
            assertThat(opened.store().replace(row(2, 2, ApprovalState.DENIED, PAYMENTS, HERE, null)))
                    .isFalse();
            assertThat(opened.store().find(id(1))).isEqualTo(second);
        }
    }

    @Test
    default void letsOneOfThoseWhoChangeItAtOnceDoSo(@TempDir Path folder)
            throws InterruptedException, ExecutionException {
        try (Opened opened = open(folder);
                var threads = Executors.newFixedThreadPool(8)) {
            opened.store().add(row(1, ApprovalState.PENDING));

            List<Future<Boolean>> attempts = threads.invokeAll(IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(
                            _ -> () -> opened.store().replace(row(1, 2, ApprovalState.USED, PAYMENTS, HERE, null)))
                    .toList());

            int done = 0;
            for (Future<Boolean> attempt : attempts) {
                done += attempt.get() ? 1 : 0;
            }
            assertThat(done).isEqualTo(1);
        }
    }

    @Test
    default void tellsHowFarSomeAre(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            opened.store().add(row(1, ApprovalState.PENDING));
            opened.store().add(row(2, ApprovalState.DENIED));
            opened.store().add(row(3, ApprovalState.DENIED));

            assertThat(opened.store().states(List.of(id(1), id(2), id(9))))
                    .isEqualTo(Map.of(id(1), ApprovalState.PENDING, id(2), ApprovalState.DENIED));
            assertThat(opened.store().states(List.of())).isEmpty();
        }
    }

    @Test
    default void listsTheNewestFirst(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            for (int i = 1; i <= 5; i++) {
                opened.store().add(row(i, i == 3 ? ApprovalState.DENIED : ApprovalState.PENDING));
            }
            opened.store().add(row(6, 1, ApprovalState.PENDING, LEDGER, HERE, null));
            var payments = new Scope.Only(Set.of(PAYMENTS));

            assertThat(ids(opened.store().list(new ApprovalQuery(Set.of(), Scope.EVERYTHING, null, 2))))
                    .containsExactly(id(6), id(5));
            assertThat(ids(opened.store().list(new ApprovalQuery(Set.of(), payments, id(5), 10))))
                    .containsExactly(id(4), id(3), id(2), id(1));
            assertThat(ids(opened.store()
                            .list(new ApprovalQuery(
                                    Set.of(ApprovalState.DENIED, ApprovalState.USED), payments, null, 10))))
                    .containsExactly(id(3));
            assertThat(opened.store().list(new ApprovalQuery(Set.of(), Scope.NOTHING, null, 10)))
                    .isEmpty();
        }
    }

    @Test
    default void findsThoseOfANode(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            opened.store().add(row(1, ApprovalState.APPROVED));
            opened.store().add(row(2, 1, ApprovalState.APPROVED, PAYMENTS, THERE, null));
            opened.store().add(row(3, ApprovalState.APPROVED));
            opened.store().add(row(4, ApprovalState.PENDING));

            assertThat(ids(opened.store().ofNode(HERE, ApprovalState.APPROVED, null)))
                    .containsExactly(id(1), id(3));
            assertThat(ids(opened.store().ofNode(HERE, ApprovalState.APPROVED, id(1))))
                    .containsExactly(id(3));
        }
    }

    @Test
    default void findsWhatStands(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            opened.store().add(row(1, 1, ApprovalState.USED, PAYMENTS, HERE, NOON.plusSeconds(1)));
            opened.store().add(row(2, 1, ApprovalState.COLLECTED, PAYMENTS, THERE, NOON.plusSeconds(1)));
            opened.store().add(row(3, 1, ApprovalState.USED, PAYMENTS, HERE, NOON));
            opened.store().add(row(4, 1, ApprovalState.USED, LEDGER, HERE, NOON.plusSeconds(1)));
            opened.store().add(row(5, 1, ApprovalState.DENIED, PAYMENTS, HERE, NOON.plusSeconds(1)));
            opened.store().add(row(6, ApprovalState.USED));

            assertThat(ids(opened.store().standing(PAYMENTS, "corp", "billing", NOON)))
                    .containsExactlyInAnyOrder(id(1), id(2));
            assertThat(opened.store().standing(PAYMENTS, "corp", "other", NOON)).isEmpty();
            assertThat(opened.store().standing(PAYMENTS, "other", "billing", NOON))
                    .isEmpty();
        }
    }

    @Test
    default void findsWhatIsOverdue(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            opened.store().add(row(1, ApprovalState.PENDING));
            opened.store().add(row(2, 1, ApprovalState.APPROVED, PAYMENTS, THERE, null));
            opened.store().add(row(3, ApprovalState.DENIED));

            assertThat(opened.store().overdue(NOON.plus(HOUR).minusNanos(1000))).isEmpty();
            assertThat(ids(opened.store().overdue(NOON.plus(HOUR)))).containsExactly(id(1), id(2));
        }
    }

    @Test
    default void removesWhatNeedNotBeKept(@TempDir Path folder) {
        Instant later = NOON.plus(HOUR.multipliedBy(24));
        try (Opened opened = open(folder)) {
            opened.store().add(row(1, ApprovalState.PENDING));
            opened.store().add(row(2, ApprovalState.USED));

            assertThat(opened.store().removable(later.minusNanos(1000))).isEmpty();
            assertThat(ids(opened.store().removable(later))).containsExactly(id(2));
            opened.store().remove(List.of(id(2)));
            opened.store().remove(List.of());
            assertThat(opened.store().find(id(2))).isNull();
            assertThat(opened.store().find(id(1))).isNotNull();
        }
    }
}
