// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.CatalogSteps;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SummaryBuilder;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.SessionId;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever is done in whatever order, PostgreSQL answers as the catalog in memory does, except that it numbers entries
 * in the order in which they came.
 */
class PostgresSessionCatalogPropertyTest implements CatalogSteps {
    private static final NodeName NODE = new NodeName("node-1");

    @Property(tries = 10, shrinking = ShrinkingMode.BOUNDED)
    void answersAsTheCatalogInMemory(
            @ForAll("stepLists") List<Step> steps,
            @ForAll("queries") SessionQuery query,
            @ForAll("sessions") SummaryBuilder cursor) {
        SessionId olderThan = cursor.summary().id();
        var expected = new InMemorySessionCatalog();
        var settings = TestDatabase.settings(Path.of(UUID.randomUUID().toString()));
        // Steps of three sessions, so that searches are cut all the time.
        try (var catalog = PostgresSessionCatalog.open(
                settings, TestDatabase.around(NODE), new CatalogSearch(3, 2), LastSeen.nothing())) {
            for (Step step : steps) {
                step.on(expected);
                step.on(catalog);

                var found = catalog.slice(query, null, 5).items();
                assertThat(found).isEqualTo(expected.list(query, null, 5).subList(0, found.size()));
            }
            assertSame(catalog, expected, query, olderThan);
        }
        try (var again = TestDatabase.open(settings, NODE)) {
            assertSame(again, expected, query, olderThan);
            assertThat(again.lostDays()).isEmpty();
        }
    }

    private static void assertSame(
            SessionCatalog catalog, SessionCatalog expected, SessionQuery query, SessionId olderThan) {
        List<CatalogEntry> all = catalog.since(0, SessionQuery.ALL, 1_000);
        assertThat(all)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("sequence")
                .containsExactlyInAnyOrderElementsOf(expected.since(0, SessionQuery.ALL, 1_000));
        assertThat(all)
                .extracting(CatalogEntry::sequence)
                .doesNotHaveDuplicates()
                .isSorted();
        long middle = all.isEmpty() ? 0 : all.get(all.size() / 2).sequence();
        assertThat(catalog.since(middle, query, 3))
                .isEqualTo(all.stream()
                        .filter(entry -> entry.sequence() > middle && query.matches(entry.summary()))
                        .limit(3)
                        .toList());
        assertThat(catalog.list(query, null, 7)).isEqualTo(expected.list(query, null, 7));
        assertThat(catalog.list(query, olderThan, 1_000)).isEqualTo(expected.list(query, olderThan, 1_000));
        assertThat(catalog.find(olderThan).map(CatalogEntry::summary))
                .isEqualTo(expected.find(olderThan).map(CatalogEntry::summary));
        assertThat(catalog.indexedUpTo()).isEqualTo(expected.indexedUpTo());
    }
}
