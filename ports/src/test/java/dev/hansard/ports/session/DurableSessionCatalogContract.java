// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import static dev.hansard.ports.session.SessionCatalogContract.everyHours;
import static dev.hansard.ports.session.SessionCatalogContract.move;
import static dev.hansard.ports.session.SummaryBuilder.NOON;
import static dev.hansard.ports.session.SummaryBuilder.aSession;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a {@link SessionCatalog} must do that keeps its entries in the files of a folder. */
public interface DurableSessionCatalogContract extends SessionCatalogContract {
    @Test
    default void isTheSameAfterAClose(@TempDir Path folder) {
        var entries = everyHours(30, 7);
        var moved = move(entries.subList(3, 4), SEGMENT, 77);
        try (var catalog = open(folder)) {
            catalog.index(entries, SOMEWHERE);
            catalog.relocate(List.of(moved));
        }

        try (var catalog = open(folder)) {
            assertThat(catalog.indexedUpTo()).isEqualTo(SOMEWHERE);
            assertThat(catalog.lostDays()).isEmpty();
            assertThat(catalog.lastSequence()).isEqualTo(30);
            assertThat(catalog.since(4, SessionQuery.ALL, 1_000)).isEqualTo(entries.subList(4, 30));
            assertThat(catalog.find(entries.get(3).summary().id()).orElseThrow().location())
                    .isEqualTo(moved.to());
        }
    }

    @Test
    default void namesEveryDayThatAnUncleanStopMayHaveDamaged(@TempDir Path folder, @TempDir Path copy)
            throws IOException {
        var entries = everyHours(30, 7);
        var today = aSession().at(NOON.plusSeconds(1)).entry(31);
        try (var catalog = open(folder)) {
            catalog.index(entries, new SpoolPosition(1, 1));
        }
        try (var catalog = open(folder)) {
            catalog.index(List.of(today), SOMEWHERE);

            copy(folder, copy);
        }

        try (var catalog = open(copy)) {
            assertThat(catalog.indexedUpTo()).isEqualTo(SpoolPosition.START);
            assertEveryEntryOutsideLostDays(catalog, entries);
            var lost = catalog.lostDays();

            catalog.index(entries, SOMEWHERE);
            catalog.index(List.of(today), SOMEWHERE);
            catalog.rebuilt(lost);

            assertThat(catalog.lostDays()).isEmpty();
            assertThat(catalog.list(SessionQuery.ALL, null, 1_000)).hasSize(31).contains(today.summary());
        }
    }

    @Test
    default void remembersLostDaysUntilTheyAreRebuilt(@TempDir Path folder, @TempDir Path copy) throws IOException {
        Set<LocalDate> lost;
        try (var catalog = open(folder)) {
            catalog.index(everyHours(1, 1), SOMEWHERE);

            copy(folder, copy);
        }

        try (var catalog = open(copy)) {
            lost = catalog.lostDays();
            catalog.index(List.of(), SOMEWHERE);
        }

        try (var catalog = open(copy)) {
            assertThat(catalog.lostDays()).isEqualTo(lost);
            assertThat(catalog.indexedUpTo()).isEqualTo(lost.isEmpty() ? SOMEWHERE : SpoolPosition.START);

            catalog.rebuilt(lost);
        }

        try (var catalog = open(copy)) {
            assertThat(catalog.lostDays()).isEmpty();
        }
    }

    /** Copies a folder as a kill would leave it. */
    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void assertEveryEntryOutsideLostDays(SessionCatalog catalog, List<CatalogEntry> entries) {
        var lost = catalog.lostDays();
        var kept =
                entries.stream().filter(entry -> !lost.contains(dayOf(entry))).collect(Collectors.toList());
        assertThat(catalog.since(0, SessionQuery.ALL, 1_000)).containsAll(kept);
    }

    private static LocalDate dayOf(CatalogEntry entry) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(entry.summary().id().epochMillis()), ZoneOffset.UTC);
    }
}
