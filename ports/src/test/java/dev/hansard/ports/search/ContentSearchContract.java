// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.search.SearchStep.Ended;
import dev.hansard.ports.search.SearchStep.Found;
import dev.hansard.ports.search.SearchStep.Passed;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link ContentSearch} must do. */
public interface ContentSearchContract {
    /** A search over these exchanges, given oldest first. */
    ContentSearch over(List<Spoken> exchanges) throws IOException;

    /** Sessions of three days, every third of them with {@code ord_7}, in two services. */
    private static List<Spoken> threeDays() {
        var spoken = new ArrayList<Spoken>();
        for (int i = 0; i < 30; i++) {
            Instant at = Spoken.NOON.plus(Duration.ofMinutes(150L * i));
            String request = i % 3 == 0 ? "{\"order\":\"ord_7\",\"n\":" + i + "}" : "{\"order\":\"ord_77\"}";
            String response = i % 6 == 0 ? "[\"ORD_7 \\u00fc\"]" : "{\"ok\":true}";
            spoken.add(Spoken.of(i % 2 == 0 ? "payments" : "ledger", at, i, request, response));
        }
        return spoken;
    }

    private static ContentQuery query(SessionQuery sessions, String phrase, @Nullable SessionId from, long most) {
        return new ContentQuery(sessions, new Phrase(phrase), from, most);
    }

    /** What a search gives until it ends. */
    private static List<Found> all(ContentSearch search, ContentQuery query) {
        var found = new ArrayList<Found>();
        Ended ended = run(search, query, found);
        assertThat(ended.rest()).isNull();
        return found;
    }

    private static Ended run(ContentSearch search, ContentQuery query, List<Found> found) {
        int before = found.size();
        try (ContentSearch.Running running = search.search(query)) {
            for (int i = 0; i < 10_000; i++) {
                switch (running.next()) {
                    case Found its -> found.add(its);
                    case Passed _ -> assertThat(running.cost().found()).isEqualTo(found.size() - before);
                    case Ended ended -> {
                        assertThat(running.next()).isEqualTo(ended);
                        return ended;
                    }
                }
            }
            throw new AssertionError("the search does not end");
        }
    }

    private static List<SessionId> ids(List<Found> found) {
        return found.stream().map(its -> its.session().id()).toList();
    }

    private static List<SessionId> expected(List<Spoken> spoken, int step) {
        var ids = new ArrayList<SessionId>();
        for (int i = spoken.size() - 1; i >= 0; i--) {
            if (i % step == 0) {
                ids.add(spoken.get(i).id());
            }
        }
        return ids;
    }

    @Test
    default void findsSessionsNewestFirst() throws IOException {
        List<Spoken> spoken = threeDays();

        List<Found> found = all(over(spoken), query(SessionQuery.ALL, "ord_7", null, ContentQuery.DEFAULT_BYTES));

        assertThat(ids(found)).isEqualTo(expected(spoken, 3));
        assertThat(found.getLast().in()).isEqualTo(Set.of(Direction.REQUEST, Direction.RESPONSE));
        assertThat(found.getFirst().in()).isEqualTo(Set.of(Direction.REQUEST));
        assertThat(found.getFirst().session().id()).isEqualTo(spoken.get(27).id());
    }

    @Test
    default void findsNothingThatIsNotThere() throws IOException {
        ContentSearch search = over(threeDays());

        assertThat(all(search, query(SessionQuery.ALL, "ord_8", null, ContentQuery.DEFAULT_BYTES)))
                .isEmpty();
        assertThat(all(search, query(SessionQuery.ALL, "ord", null, ContentQuery.DEFAULT_BYTES)))
                .isEmpty();
        assertThat(all(search, query(SessionQuery.ALL, "header_word", null, ContentQuery.DEFAULT_BYTES)))
                .isEmpty();
    }

    @Test
    default void keepsToItsServices() throws IOException {
        List<Spoken> spoken = threeDays();
        SessionQuery ledger = SessionQuery.ALL.of(List.of(new ServiceName("ledger")));

        List<Found> found = all(over(spoken), query(ledger, "ord_7", null, ContentQuery.DEFAULT_BYTES));

        assertThat(ids(found))
                .isEqualTo(expected(spoken, 3).stream()
                        .filter(id -> (id.low() & 1) == 1)
                        .toList());
    }

    @Test
    default void keepsToItsTime() throws IOException {
        List<Spoken> spoken = threeDays();
        Instant after = spoken.get(3).session().startedAt();
        Instant before = spoken.get(24).session().startedAt();
        var within = new SessionQuery(List.of(), List.of(), List.of(), null, List.of(), List.of(), after, before);

        List<Found> found = all(over(spoken), query(within, "ord_7", null, ContentQuery.DEFAULT_BYTES));

        List<SessionId> expected = expected(spoken, 3);
        assertThat(ids(found)).isEqualTo(expected.subList(2, expected.size() - 1));
    }

    @Test
    default void beginsWhereItIsTold() throws IOException {
        List<Spoken> spoken = threeDays();
        SessionId from = spoken.get(15).id();

        List<Found> found = all(over(spoken), query(SessionQuery.ALL, "ord_7", from, ContentQuery.DEFAULT_BYTES));

        assertThat(ids(found)).startsWith(from).hasSize(6);
    }

    @Test
    default void goesOnBehindItsLimitAndMissesNothing() throws IOException {
        List<Spoken> spoken = threeDays();
        ContentSearch search = over(spoken);
        var found = new ArrayList<Found>();

        Ended ended = run(search, query(SessionQuery.ALL, "ord_7", null, 1), found);
        int rounds = 1;
        while (ended.rest() != null && rounds < 100) {
            ended = run(search, query(SessionQuery.ALL, "ord_7", ended.rest(), 1), found);
            rounds++;
        }

        assertThat(ids(found)).isEqualTo(expected(spoken, 3));
        assertThat(rounds).isGreaterThan(2).isLessThan(100);
    }

    @Test
    default void findsWordsAsPeopleKnowThem() throws IOException {
        var exchange = Spoken.of(
                "payments",
                Spoken.NOON,
                1,
                "name=J%C3%BCrgen+K.&x=1",
                "M\u00fcller \u00dcBER",
                "text/plain; charset=utf-8");
        var escaped = Spoken.of("payments", Spoken.NOON.plusSeconds(1), 2, "{\"n\":\"J\\u00fcrgen K.\"}", "[]");
        ContentSearch search = over(List.of(exchange, escaped));

        assertThat(ids(all(search, query(SessionQuery.ALL, "j\u00fcrgen k", null, ContentQuery.DEFAULT_BYTES))))
                .containsExactly(escaped.id());
        assertThat(ids(all(search, query(SessionQuery.ALL, "m\u00dcller \u00fcber", null, ContentQuery.DEFAULT_BYTES))))
                .containsExactly(exchange.id());
    }

    @Test
    default void countsWhatItReads() throws IOException {
        try (ContentSearch.Running running =
                over(threeDays()).search(query(SessionQuery.ALL, "ord_7", null, ContentQuery.DEFAULT_BYTES))) {
            assertThat(running.cost()).isEqualTo(SearchCost.NONE);

            while (!(running.next() instanceof Ended)) {
                assertThat(running.cost().aheadBytes()).isNotNegative();
            }

            assertThat(running.cost().found()).isEqualTo(10);
            assertThat(running.cost().sessionsRead()).isGreaterThanOrEqualTo(10);
            assertThat(running.cost().recordBytes()).isPositive();
            assertThat(running.cost().aheadBytes()).isZero();
        }
    }
}
