// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.session.CatalogSteps;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SummaryBuilder;
import dev.hansard.ports.value.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever is done in whatever order, H2 answers as the catalog in memory does. */
class H2SessionCatalogPropertyTest implements CatalogSteps {

    @Property(tries = 25, shrinking = ShrinkingMode.BOUNDED)
    void answersAsTheCatalogInMemory(
            @ForAll("stepLists") List<Step> steps,
            @ForAll("queries") SessionQuery query,
            @ForAll("sessions") SummaryBuilder cursor)
            throws IOException {
        Path folder = Files.createTempDirectory("junit-catalog");
        SessionId olderThan = cursor.summary().id();
        var expected = new InMemorySessionCatalog();
        try {
            // Two files at once and steps of three rows, so that files are closed and searches are cut all the time.
            var settings = new H2CatalogSettings(folder, 2, 1_024, 2, 3, 2, Duration.ofMinutes(5));
            try (var catalog = H2Catalog.open(settings, System::nanoTime)) {
                for (Step step : steps) {
                    step.on(expected);
                    step.on(catalog);

                    assertThat(catalog.slice(query, null, 5).items())
                            .isEqualTo(firstOf(
                                    catalog.slice(query, null, 5).items().size(), expected.list(query, null, 5)));
                }
                assertSame(catalog, expected, query, olderThan);
            }
            try (var again = H2Catalog.open(settings, System::nanoTime)) {
                assertSame(again, expected, query, olderThan);
                assertThat(again.lostDays()).isEmpty();
            }
        } finally {
            remove(folder);
        }
    }

    private static void assertSame(
            SessionCatalog catalog, SessionCatalog expected, SessionQuery query, SessionId olderThan) {
        assertThat(catalog.since(0, SessionQuery.ALL, 1_000)).isEqualTo(expected.since(0, SessionQuery.ALL, 1_000));
        assertThat(catalog.list(query, null, 7)).isEqualTo(expected.list(query, null, 7));
        assertThat(catalog.list(query, olderThan, 1_000)).isEqualTo(expected.list(query, olderThan, 1_000));
        assertThat(catalog.since(10, query, 3)).isEqualTo(expected.since(10, query, 3));
        assertThat(catalog.find(olderThan)).isEqualTo(expected.find(olderThan));
        assertThat(catalog.lastSequence()).isEqualTo(expected.lastSequence());
        assertThat(catalog.indexedUpTo()).isEqualTo(expected.indexedUpTo());
    }

    private static <T> List<T> firstOf(int count, List<T> all) {
        return all.subList(0, Math.min(count, all.size()));
    }

    private static void remove(Path folder) throws IOException {
        var paths = new ArrayList<Path>();
        try (Stream<Path> found = Files.walk(folder)) {
            found.sorted(Comparator.reverseOrder()).forEach(paths::add);
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
