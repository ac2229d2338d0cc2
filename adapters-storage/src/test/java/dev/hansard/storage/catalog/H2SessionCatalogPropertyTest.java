// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import static dev.hansard.ports.session.SummaryBuilder.NOON;
import static dev.hansard.ports.session.SummaryBuilder.aSession;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.PathPattern;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionCatalog.Relocation;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionQuery.StatusRange;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.session.SummaryBuilder;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/** Whatever is done in whatever order, H2 answers as the catalog in memory does. */
class H2SessionCatalogPropertyTest {
    private static final List<Caller> CALLERS = List.of(
            new Caller("keys", "billing", List.of()),
            new Caller("mesh", "cart", List.of("checkout", "ops")),
            new Caller("mesh", "basket", List.of("checkouts")));

    private static final int SESSIONS = 40;

    /** Something that is done to both catalogs. */
    interface Step {
        void on(SessionCatalog catalog);
    }

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

    @Provide
    Arbitrary<List<Step>> stepLists() {
        Arbitrary<Step> index = numbers()
                .list()
                .ofMaxSize(30)
                .flatMap(numbers -> sessions()
                        .list()
                        .ofSize(numbers.size())
                        .map(sessions -> catalog ->
                                catalog.index(entries(numbers, sessions), new SpoolPosition(1, numbers.size()))));
        Arbitrary<Step> relocate = numbers()
                .list()
                .ofMaxSize(10)
                .map(numbers -> catalog -> catalog.relocate(numbers.stream()
                        .map(number -> relocation(number, "seg/" + numbers.size()))
                        .toList()));
        Arbitrary<Step> clear = Arbitraries.of(SessionCatalog::clear);
        return Arbitraries.frequencyOf(Tuple.of(8, index), Tuple.of(4, relocate), Tuple.of(1, clear))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    private static Relocation relocation(int number, String container) {
        FrameLocation from = aSession().entry(number + 1).location();
        return new Relocation(
                SummaryBuilder.idAt(timeOf(number), number),
                from,
                new FrameLocation(container, 10_000L * number, from.length()));
    }

    /** A session of a number always has the same id and sequence; the rest of it is up to chance. */
    private static List<CatalogEntry> entries(List<Integer> numbers, List<SummaryBuilder> sessions) {
        return IntStream.range(0, numbers.size())
                .mapToObj(i -> {
                    int number = numbers.get(i);
                    Instant startedAt = sessions.get(i).summary().startedAt();
                    return sessions.get(i)
                            .at(timeOf(number), number)
                            .startedAt(startedAt)
                            .entry(number + 1);
                })
                .toList();
    }

    private static Instant timeOf(int number) {
        return NOON.plus(Duration.ofHours(2L * number));
    }

    private static Arbitrary<Integer> numbers() {
        return Arbitraries.integers().between(0, SESSIONS - 1);
    }

    @Provide
    Arbitrary<SummaryBuilder> sessions() {
        return Combinators.combine(
                        numbers(),
                        Arbitraries.of("payments", "orders"),
                        Arbitraries.of("/a", "/a/b?x", "/", "/a/bb"),
                        Arbitraries.of(0, 200, 404, 500),
                        Arbitraries.of("GET", "POST"),
                        Arbitraries.integers().between(-3, 3))
                .as((number, service, target, status, method, skew) -> {
                    var session = aSession()
                            .at(timeOf(number), number)
                            .startedAt(timeOf(number).plus(Duration.ofHours(skew)))
                            .service(service)
                            .target(target)
                            .method(method)
                            .caller(CALLERS.get(number % CALLERS.size()))
                            .status(status);
                    return status == 0
                            ? session.incomplete(number % 2 == 0 ? Ending.UNKNOWN : Ending.SHUTDOWN)
                            : session;
                });
    }

    @Provide
    Arbitrary<SessionQuery> queries() {
        var times = numbers().map(H2SessionCatalogPropertyTest::timeOf).injectNull(0.5);
        return Combinators.combine(
                        Arbitraries.of("payments", "orders", "none")
                                .map(ServiceName::new)
                                .list()
                                .ofMaxSize(2),
                        Arbitraries.of(new StatusRange(0, 0), new StatusRange(400, 599))
                                .list()
                                .ofMaxSize(2),
                        Arbitraries.of("GET", "POST").list().ofMaxSize(1),
                        Arbitraries.of("/a", "/a/*", "**", "/*b")
                                .map(PathPattern::new)
                                .injectNull(0.4),
                        patterns("", "billing", "b*"),
                        patterns(CallerPattern.GROUP, "checkout", "*s"),
                        times,
                        times)
                .as(SessionQuery::new);
    }

    private static Arbitrary<List<CallerPattern>> patterns(String before, String... texts) {
        return Arbitraries.of(texts)
                .map(text -> new CallerPattern(before + text))
                .list()
                .ofMaxSize(1);
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
