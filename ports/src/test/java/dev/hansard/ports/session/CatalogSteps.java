// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import static dev.hansard.ports.session.SummaryBuilder.NOON;
import static dev.hansard.ports.session.SummaryBuilder.aSession;

import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.session.SessionCatalog.Relocation;
import dev.hansard.ports.session.SessionQuery.StatusRange;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Things done to a catalog, and queries, as chance has it: for tests of the rule that all catalogs answer alike. */
public interface CatalogSteps {
    List<Caller> CALLERS = List.of(
            new Caller("keys", "billing", List.of()),
            new Caller("mesh", "cart", List.of("checkout", "ops")),
            new Caller("mesh", "basket", List.of("checkouts")));

    int SESSIONS = 40;

    /** Something that is done to both catalogs. */
    interface Step {
        void on(SessionCatalog catalog);
    }

    @Provide
    default Arbitrary<List<Step>> stepLists() {
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
    default Arbitrary<SummaryBuilder> sessions() {
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
    default Arbitrary<SessionQuery> queries() {
        var times = numbers().map(CatalogSteps::timeOf).injectNull(0.5);
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
}
