// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import static dev.hansard.ports.session.SessionCatalogContract.everyHours;
import static dev.hansard.ports.session.SessionCatalogContract.move;
import static dev.hansard.ports.session.SessionCatalogContract.newestFirst;
import static dev.hansard.ports.session.SessionCatalogContract.placeOf;
import static dev.hansard.ports.session.SummaryBuilder.idAt;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a {@link SessionCatalog} must do when sessions leave it: the part of {@link SessionCatalogContract} on that. */
public interface ForgettingCatalogContract {
    SpoolPosition SOMEWHERE = new SpoolPosition(3, 4_096);
    String SEGMENT = "payments/default/2026/11/23/12/0190.warc.zst";

    /** Opens the catalog that lives in {@code folder}, or an empty one; each folder is another catalog. */
    SessionCatalog open(Path folder);

    @Test
    default void forgetsEverythingWhenCleared(@TempDir Path folder) {
        var entries = everyHours(20, 5);
        try (var catalog = open(folder)) {
            catalog.index(entries, SOMEWHERE);
            catalog.relocate(List.of(move(entries.subList(3, 4), SEGMENT, 77)));
            catalog.clear();

            assertThat(catalog.list(SessionQuery.ALL, null, 10)).isEmpty();
            assertThat(catalog.since(0, SessionQuery.ALL, 10)).isEmpty();
            assertThat(catalog.indexedUpTo()).isEqualTo(SpoolPosition.START);
            assertThat(catalog.lostDays()).isEmpty();

            catalog.index(entries, SOMEWHERE);

            assertThat(catalog.since(0, SessionQuery.ALL, 1_000))
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("sequence")
                    .isEqualTo(entries);
        }
    }

    /** Who waits for what comes after the last one must not wait until as many have come again. */
    @Test
    default void goesOnNumberingOnceItWasCleared(@TempDir Path folder) {
        var entries = everyHours(20, 5);
        try (var catalog = open(folder)) {
            catalog.index(entries.subList(0, 19), SOMEWHERE);
            long seen = catalog.lastSequence();
            catalog.clear();

            catalog.index(entries.subList(19, 20), SOMEWHERE);

            assertThat(catalog.since(seen, SessionQuery.ALL, 10))
                    .extracting(CatalogEntry::summary)
                    .containsExactly(entries.get(19).summary());
        }
    }

    @Test
    default void forgetsWholeDays(@TempDir Path folder) {
        var entries = everyHours(12, 6);
        var day = LocalDate.parse("2026-11-24");
        try (var catalog = open(folder)) {
            catalog.index(entries, SOMEWHERE);
            catalog.relocate(List.of(move(entries.subList(3, 4), SEGMENT, 77)));

            catalog.forgetDays(Set.of(day, day.minusYears(1)));
            catalog.forgetDays(Set.of(day));

            // From noon on in steps of six hours, the second day holds the third to the sixth.
            var kept = new ArrayList<>(entries.subList(0, 2));
            kept.addAll(entries.subList(6, 12));
            assertThat(catalog.list(SessionQuery.ALL, null, 1_000)).isEqualTo(newestFirst(kept));
            assertThat(catalog.since(0, SessionQuery.ALL, 1_000)).isEqualTo(kept);
            assertThat(catalog.find(entries.get(3).summary().id())).isEmpty();
            assertThat(catalog.indexedUpTo()).isEqualTo(SOMEWHERE);
            assertThat(catalog.lostDays()).isEmpty();

            catalog.index(entries.subList(2, 6), SOMEWHERE);

            assertThat(catalog.list(SessionQuery.ALL, null, 1_000)).isEqualTo(newestFirst(entries));
            assertThat(catalog.since(0, SessionQuery.ALL, 1_000)).hasSize(12).containsAll(entries.subList(6, 12));
            assertThat(placeOf(catalog, entries.get(3)))
                    .as("the move was forgotten with its day")
                    .isEqualTo(entries.get(3).location());
        }
    }

    @Test
    default void forgetsSingleSessions(@TempDir Path folder) {
        var entries = everyHours(12, 6);
        try (var catalog = open(folder)) {
            catalog.index(entries, SOMEWHERE);
            var gone = List.of(
                    entries.get(1).summary().id(), entries.get(7).summary().id(), idAt(Instant.EPOCH, 1));

            assertThat(catalog.forget(gone)).isEqualTo(2);
            assertThat(catalog.forget(gone)).isZero();

            var kept = new ArrayList<>(entries);
            kept.removeAll(List.of(entries.get(1), entries.get(7)));
            assertThat(catalog.list(SessionQuery.ALL, null, 1_000)).isEqualTo(newestFirst(kept));
            assertThat(catalog.since(0, SessionQuery.ALL, 1_000)).isEqualTo(kept);
        }
    }
}
