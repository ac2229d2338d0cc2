// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import static dev.hansard.ports.session.SummaryBuilder.NOON;
import static dev.hansard.ports.session.SummaryBuilder.aSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.DurableSessionCatalogContract;
import dev.hansard.ports.session.OpenFiles;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2SessionCatalogTest implements DurableSessionCatalogContract {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");
    private static final LocalDate YESTERDAY = TODAY.minusDays(1);
    private static final SpoolPosition HERE = new SpoolPosition(2, 2);

    private final AtomicLong nanos = new AtomicLong();

    @TempDir
    Path own;

    @Override
    public SessionCatalog open(Path folder) {
        return H2Catalog.open(H2CatalogSettings.of(folder), nanos::get);
    }

    @AfterEach
    void leavesNoFileOpenAndNoThread() throws IOException {
        assertThat(OpenFiles.inTemporaryFolders()).isEmpty();
        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().contains("MVStore")
                                || thread.getName().startsWith("H2 ")));
    }

    @Test
    void keepsEachDayInItsOwnFile() {
        try (var catalog = open(own)) {
            catalog.index(List.of(today(1), yesterday(2)), HERE);
        }

        assertThat(own.resolve("2026-11-23.mv.db")).exists();
        assertThat(own.resolve("2026-11-22.mv.db")).exists();
    }

    @Test
    void refusesAFolderThatIsInUse() {
        try (var _ = open(own)) {
            assertThatThrownBy(() -> open(own))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("in use by another process");
        }
    }

    @Test
    void setsADamagedDayAside() throws Exception {
        try (var catalog = open(own)) {
            catalog.index(List.of(today(1), yesterday(2)), HERE);
        }
        Files.writeString(own.resolve("2026-11-22.mv.db"), "this is not a database ".repeat(1_000));

        try (var catalog = open(own)) {
            assertThatThrownBy(() -> catalog.list(SessionQuery.ALL, null, 10)).isInstanceOf(StorageException.class);
            assertThat(catalog.list(SessionQuery.ALL, null, 10)).containsExactly(today(1).summary());
            assertThat(catalog.lostDays()).containsExactly(YESTERDAY);

            catalog.index(List.of(yesterday(2)), HERE);
            catalog.rebuilt(catalog.lostDays());
        }

        try (var catalog = open(own)) {
            assertThat(catalog.lostDays()).isEmpty();
            assertThat(catalog.since(0, SessionQuery.ALL, 10)).containsExactly(today(1), yesterday(2));
        }
        assertThat(own.resolve("2026-11-22.mv.db.corrupt")).exists();
    }

    @Test
    void keepsADayLostThatIsDamagedAgainWhileItIsGivenBack() throws Exception {
        try (var catalog = open(own)) {
            catalog.index(List.of(yesterday(1)), HERE);
        }
        Files.delete(own.resolve("2026-11-22.mv.db"));

        try (var catalog = open(own)) {
            Set<LocalDate> lost = catalog.lostDays();
            catalog.index(List.of(yesterday(1)), HERE);
            nanos.addAndGet(Duration.ofMinutes(6).toNanos());
            catalog.index(List.of(today(2)), HERE);
            Files.writeString(own.resolve("2026-11-22.mv.db"), "this is not a database ".repeat(1_000));
            assertThatThrownBy(() -> catalog.list(SessionQuery.ALL, null, 10)).isInstanceOf(StorageException.class);

            catalog.rebuilt(lost);

            assertThat(catalog.lostDays()).containsExactly(YESTERDAY);
            catalog.rebuilt(catalog.lostDays());
            assertThat(catalog.lostDays()).isEmpty();
        }
    }

    @Test
    void indexesAgainAfterAnyByteOfAFileWasOverwritten() throws Exception {
        try (var catalog = open(own)) {
            catalog.index(manyToday(), HERE);
        }
        Path file = own.resolve("2026-11-23.mv.db");
        overwriteTheMiddle(file);

        try (var catalog = open(own)) {
            var attempt = catchThrowable(() -> catalog.since(0, SessionQuery.ALL, 1_000));

            assertThat(attempt).isInstanceOf(StorageException.class);
            assertThat(catalog.lostDays()).containsExactly(TODAY);
            catalog.index(manyToday(), HERE);
            assertThat(catalog.since(0, SessionQuery.ALL, 1_000)).isEqualTo(manyToday());
        }
    }

    @Test
    void trustsNoFileWhoseStateIsGone() throws Exception {
        try (var catalog = open(own)) {
            catalog.index(List.of(today(1), yesterday(2)), HERE);
        }
        Files.writeString(own.resolve("state"), "hansard-catalog 0 another layout\nend\n");

        try (var catalog = open(own)) {
            assertThat(catalog.lostDays()).containsExactlyInAnyOrder(TODAY, YESTERDAY);
            assertThat(catalog.indexedUpTo()).isEqualTo(SpoolPosition.START);
            assertThat(catalog.list(SessionQuery.ALL, null, 10)).isEmpty();
        }
    }

    @Test
    void missesADayWhoseFileIsGone() throws Exception {
        try (var catalog = open(own)) {
            catalog.index(List.of(today(1), yesterday(2)), HERE);
        }
        Files.delete(own.resolve("2026-11-22.mv.db"));

        try (var catalog = open(own)) {
            assertThat(catalog.lostDays()).containsExactly(YESTERDAY);
            assertThat(catalog.indexedUpTo()).isEqualTo(SpoolPosition.START);
        }
    }

    @Test
    void losesOnlyTheDaysThatWereWrittenLately(@TempDir Path copy) throws Exception {
        try (var catalog = open(own)) {
            catalog.index(List.of(yesterday(1)), HERE);
            nanos.addAndGet(Duration.ofMinutes(6).toNanos());
            catalog.index(List.of(today(2)), HERE);

            DurableSessionCatalogContract.copy(own, copy);
        }

        try (var catalog = open(copy)) {
            assertThat(catalog.lostDays()).containsExactly(TODAY);
            assertThat(catalog.list(SessionQuery.ALL, null, 10))
                    .containsExactly(yesterday(1).summary());
        }
    }

    @Test
    void outlivesInterruptedReaders() throws Exception {
        try (var catalog = open(own)) {
            catalog.index(manyToday(), HERE);
            var reader = Thread.ofPlatform().start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    catalog.list(SessionQuery.ALL, null, 1_000);
                }
            });
            reader.interrupt();
            reader.join();

            assertThat(catalog.since(0, SessionQuery.ALL, 1_000)).isEqualTo(manyToday());
        }
    }

    @Test
    void refusesWorkOnceItIsClosed() {
        var catalog = open(own);
        catalog.close();

        catalog.close();

        assertThatThrownBy(() -> catalog.index(List.of(today(1)), HERE)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> catalog.list(SessionQuery.ALL, null, 1)).isInstanceOf(StorageException.class);
    }

    private static void overwriteTheMiddle(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            // The two headers are copies of each other in the first two blocks; the rows lie behind.
            channel.write(ByteBuffer.allocate((int) channel.size() - 8_192 - 4_096), 8_192);
        }
    }

    private static CatalogEntry today(int sequence) {
        return aSession().at(NOON, sequence).entry(sequence);
    }

    private static CatalogEntry yesterday(int sequence) {
        return aSession().at(NOON.minus(Duration.ofDays(1)), sequence).entry(sequence);
    }

    private static List<CatalogEntry> manyToday() {
        return LongStream.rangeClosed(1, 900)
                .mapToObj(i -> aSession()
                        .at(NOON.plusMillis(i))
                        .target("/" + "x".repeat(100))
                        .entry(i))
                .toList();
    }
}
