// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hansard.ports.session.SummaryBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every audit log owes; each one's test implements it. */
public interface AuditLogContract {
    Instant NOON = Instant.parse("2026-11-23T12:00:00.123456Z");

    /** A log over a folder, with how it is closed. */
    Opened open(Path folder);

    /** A log that is open. */
    interface Opened extends AutoCloseable {
        AuditLog log();

        @Override
        void close();
    }

    /** Whether it is still there when it is opened again. */
    default boolean isLasting() {
        return true;
    }

    static AuditEvent event(int number) {
        return new AuditEvent(
                NOON.plusSeconds(number),
                "corp",
                "someone \"Ünïcode\" \uD83D\uDE00 " + number,
                AuditAction.PAYLOAD_READ,
                "'; DROP TABLE audit; --",
                SummaryBuilder.idAt(NOON, number),
                "192.0.2.7",
                number % 2 == 0 ? null : "ticket 42\n",
                number % 3 == 0);
    }

    @Test
    default void givesBackWhatWasAppended(@TempDir Path folder) {
        try (var opened = open(folder)) {
            var bare = new AuditEvent(NOON, "", "", AuditAction.NODE_STARTED, "", null, "", null, true);

            long first = opened.log().append(event(7));
            long second = opened.log().append(bare);

            assertThat(List.of(first, second)).containsExactly(1L, 2L);
            assertThat(opened.log().since(0, 10)).containsExactly(new AuditEntry(1, event(7)), new AuditEntry(2, bare));
        }
    }

    @Test
    default void pagesBothWays(@TempDir Path folder) {
        try (var opened = open(folder)) {
            for (int i = 1; i <= 25; i++) {
                opened.log().append(event(i));
            }

            assertThat(opened.log().newest(Long.MAX_VALUE, 3))
                    .extracting(AuditEntry::number)
                    .containsExactly(25L, 24L, 23L);
            assertThat(opened.log().newest(23, 3))
                    .extracting(AuditEntry::number)
                    .containsExactly(22L, 21L, 20L);
            assertThat(opened.log().newest(1, 3)).isEmpty();
            assertThat(opened.log().since(22, 10))
                    .extracting(AuditEntry::number)
                    .containsExactly(23L, 24L, 25L);
            assertThat(opened.log().since(25, 10)).isEmpty();
        }
    }

    @Test
    default void refusesALimitOutOfRange(@TempDir Path folder) {
        try (var opened = open(folder)) {
            assertThatIllegalArgumentException().isThrownBy(() -> opened.log().newest(1, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> opened.log().since(1, AuditLog.MOST_ENTRIES + 1));
        }
    }

    @Test
    default void numbersWithoutAGapFromManyThreads(@TempDir Path folder) throws Exception {
        try (var opened = open(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var appends = new ArrayList<Callable<Long>>();
            for (int i = 0; i < 100; i++) {
                AuditEvent event = event(i);
                appends.add(() -> opened.log().append(event));
            }

            var numbers = new ArrayList<Long>();
            for (var number : threads.invokeAll(appends)) {
                numbers.add(number.get());
            }

            List<Long> expected = LongStream.rangeClosed(1, 100).boxed().toList();
            assertThat(numbers).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(opened.log().since(0, 100))
                    .extracting(AuditEntry::number)
                    .isEqualTo(expected);
        }
    }

    @Test
    default void isThereAfterItWasOpenedAgain(@TempDir Path folder) {
        if (!isLasting()) {
            return;
        }
        try (var opened = open(folder)) {
            opened.log().append(event(1));
        }

        try (var again = open(folder)) {
            assertThat(again.log().append(event(2))).isEqualTo(2);
            assertThat(again.log().since(0, 10)).extracting(AuditEntry::event).containsExactly(event(1), event(2));
        }
    }
}
