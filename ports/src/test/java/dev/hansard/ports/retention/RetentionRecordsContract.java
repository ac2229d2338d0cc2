// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.retention.RetentionNotes.Removal;
import dev.hansard.ports.session.SummaryBuilder;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every keeper of holds and notes owes; each one's test implements it. */
public interface RetentionRecordsContract {
    Instant NOON = Instant.parse("2026-11-23T12:00:00.123456Z");
    Instant HOUR = Instant.parse("2026-11-23T12:00:00Z");
    ServiceName PAYMENTS = new ServiceName("payments");

    /** Records over a folder, with how they are closed. */
    Opened open(Path folder);

    /** Records that are open. */
    interface Opened extends AutoCloseable {
        RetentionRecords records();

        @Override
        void close();
    }

    /** Whether they are still there when they are opened again. */
    default boolean isLasting() {
        return true;
    }

    static HoldEvent event(HoldEvent.Kind kind, String actor) {
        return new HoldEvent(kind, NOON, "corp", actor, "case 4711 \"Ünïcode\"");
    }

    static Hold hold(String id, int sessions) {
        return new Hold(id, "Case " + id, "service:payments", sessions, List.of(event(HoldEvent.Kind.PLACED, "ada")));
    }

    static List<HeldSession> sessions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new HeldSession(SummaryBuilder.idAt(NOON, i), PAYMENTS, HOUR))
                .toList();
    }

    @Test
    default void holdsWhatItWasGiven(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            Holds holds = opened.records().holds();

            holds.place(hold("hold_1", 3), sessions(3));

            assertThat(holds.list()).containsExactly(hold("hold_1", 3));
            assertThat(holds.held(PAYMENTS, HOUR)).hasSize(3);
            assertThat(holds.held(PAYMENTS, HOUR.plus(Duration.ofHours(1)))).isEmpty();
            assertThat(holds.held(new ServiceName("ledger"), HOUR)).isEmpty();
            assertThat(holds.isHeld(SummaryBuilder.idAt(NOON, 2))).isTrue();
            assertThat(holds.isHeld(SummaryBuilder.idAt(NOON, 3))).isFalse();
        }
    }

    @Test
    default void refusesASecondHoldOfOneId(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            Holds holds = opened.records().holds();
            holds.place(hold("hold_1", 1), sessions(1));

            assertThatThrownBy(() -> holds.place(hold("hold_1", 2), sessions(2)))
                    .isInstanceOf(InvalidValueException.class);

            assertThat(holds.held(PAYMENTS, HOUR)).hasSize(1);
        }
    }

    @Test
    default void keepsASessionUntilItsLastHoldIsRemoved(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            Holds holds = opened.records().holds();
            holds.place(hold("hold_1", 2), sessions(2));
            holds.place(hold("hold_2", 1), sessions(1));

            assertThat(holds.add("hold_1", 1, event(HoldEvent.Kind.REMOVAL_ASKED, "bob")))
                    .isTrue();
            assertThat(holds.held(PAYMENTS, HOUR)).hasSize(2);
            assertThat(holds.add("hold_1", 2, event(HoldEvent.Kind.REMOVED, "eve")))
                    .isTrue();

            assertThat(holds.held(PAYMENTS, HOUR)).containsExactly(SummaryBuilder.idAt(NOON, 0));
            assertThat(holds.list()).extracting(Hold::id).containsExactly("hold_2", "hold_1");
            assertThat(holds.list().getLast().events())
                    .extracting(HoldEvent::actor)
                    .containsExactly("ada", "bob", "eve");
        }
    }

    @Test
    default void addsNoEventToAHoldThatHasChanged(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            Holds holds = opened.records().holds();
            holds.place(hold("hold_1", 1), sessions(1));
            holds.add("hold_1", 1, event(HoldEvent.Kind.REMOVAL_ASKED, "bob"));

            boolean late = holds.add("hold_1", 1, event(HoldEvent.Kind.REMOVED, "eve"));
            boolean unknown = holds.add("hold_9", 1, event(HoldEvent.Kind.REMOVED, "eve"));

            assertThat(late).isFalse();
            assertThat(unknown).isFalse();
            assertThat(holds.list().getFirst().isActive()).isTrue();
        }
    }

    @Test
    default void remembersRemovalsThatHaveNotEnded(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            RetentionNotes notes = opened.records().notes();
            var whole = new Removal("payments/default/a", Cause.EXPIRED, null);
            var single = new Removal("payments/default/b", Cause.ERASED, SummaryBuilder.idAt(NOON, 7));

            long first = notes.begin(whole);
            notes.begin(single);
            notes.end(first);

            assertThat(notes.open())
                    .singleElement()
                    .extracting(RetentionNotes.Open::removal)
                    .isEqualTo(single);
        }
    }

    @Test
    default void namesTheHoursOfWhichSomethingIsHeld(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            Holds holds = opened.records().holds();
            assertThat(holds.hours()).isEmpty();
            holds.place(hold("hold_1", 3), sessions(3));

            assertThat(holds.hours()).containsExactly(new HeldHour(PAYMENTS, HOUR));
            holds.add("hold_1", 1, event(HoldEvent.Kind.REMOVED, "eve"));

            assertThat(holds.hours()).isEmpty();
        }
    }

    @Test
    default void letsNobodyElseHaveATurnUntilAStepHasEnded(@TempDir Path folder) throws Exception {
        try (Opened opened = open(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Holds holds = opened.records().holds();
            var steps = new ConcurrentLinkedQueue<String>();
            var second = new AtomicReference<Future<?>>();

            holds.inTurn(() -> {
                second.set(threads.submit(() -> holds.inTurn(() -> steps.add("second"))));
                return holds.inTurn(() -> {
                    holds.place(hold("hold_1", 1), sessions(1));
                    return steps.add("first");
                });
            });
            second.get().get(30, TimeUnit.SECONDS);

            assertThat(steps).containsExactly("first", "second");
        }
    }

    @Test
    default void keepsWordOfARemovalForTheNodeThatItIsFor(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            ForeignRemovals removals = opened.records().removals();
            var one = new NodeName("node-1");
            var two = new NodeName("node-2");
            List<RetentionEvidence.Range> ranges =
                    List.of(new RetentionEvidence.Range(two, 3, 9), new RetentionEvidence.Range(two, 12, 12));
            var what = new RetentionEvidence.Removing("payments/a", Cause.ERASED, "corp/ada", "case \"Ü\"", ranges);
            var removal = new ForeignRemovals.ForeignRemoval(one, NOON, what);

            removals.add(two, removal);
            removals.add(two, removal);
            removals.add(one, removal);

            List<ForeignRemovals.Waiting> waiting = removals.of(two, 10);
            assertThat(removals.of(two, 1)).hasSize(1);
            assertThat(waiting).extracting(ForeignRemovals.Waiting::removal).containsExactly(removal, removal);
            removals.entered(waiting.getFirst().number());
            assertThat(removals.of(two, 10)).containsExactly(waiting.getLast());
            assertThat(removals.of(one, 10)).hasSize(1);
        }
    }

    @Test
    default void keepsTheNewestMark(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            RetentionNotes notes = opened.records().notes();
            assertThat(notes.mark()).isNull();

            notes.mark(NOON);
            notes.mark(NOON.minusSeconds(5));

            assertThat(notes.mark()).isEqualTo(NOON.minusSeconds(5));
        }
    }

    @Test
    default void hasAllOfItAfterARestart(@TempDir Path folder) {
        if (!isLasting()) {
            return;
        }
        var removal = new Removal("payments/default/b", Cause.QUOTA, null);
        try (Opened opened = open(folder)) {
            opened.records().holds().place(hold("hold_1", 3), sessions(3));
            opened.records().holds().add("hold_1", 1, event(HoldEvent.Kind.REMOVAL_ASKED, "bob"));
            opened.records().notes().begin(removal);
            opened.records().notes().mark(NOON);
        }

        try (Opened again = open(folder)) {
            assertThat(again.records().holds().list().getFirst().events()).hasSize(2);
            assertThat(again.records().holds().held(PAYMENTS, HOUR)).hasSize(3);
            assertThat(again.records().notes().open())
                    .singleElement()
                    .extracting(RetentionNotes.Open::removal)
                    .isEqualTo(removal);
            assertThat(again.records().notes().mark()).isEqualTo(NOON);
        }
    }
}
