// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import static dev.hansard.ports.session.SessionCatalogContract.everyHours;
import static dev.hansard.ports.session.SessionCatalogContract.move;
import static dev.hansard.ports.session.SummaryBuilder.NOON;
import static dev.hansard.ports.session.SummaryBuilder.aSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionCatalogContract;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.Secret;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresSessionCatalogTest implements SessionCatalogContract {
    private static final NodeName NODE = new NodeName("node-1");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");
    private static final SpoolPosition HERE = new SpoolPosition(2, 2);

    @TempDir
    Path own;

    @Override
    public SessionCatalog open(Path folder) {
        return TestDatabase.open(TestDatabase.settings(folder), NODE);
    }

    private SessionCatalog open(String node) {
        return TestDatabase.open(TestDatabase.settings(own), new NodeName(node));
    }

    @Test
    void isTheSameAfterAClose() {
        var entries = everyHours(30, 7);
        var moved = move(entries.subList(3, 4), SEGMENT, 77);
        try (var catalog = open(own)) {
            catalog.index(entries, SOMEWHERE);
            catalog.relocate(List.of(moved));
        }

        try (var catalog = open(own)) {
            assertThat(catalog.indexedUpTo()).isEqualTo(SOMEWHERE);
            assertThat(catalog.lostDays()).isEmpty();
            assertThat(catalog.lastSequence()).isEqualTo(30);
            assertThat(catalog.lastOfNode()).isEqualTo(30);
            assertThat(catalog.since(4, SessionQuery.ALL, 1_000)).isEqualTo(entries.subList(4, 30));
            assertThat(catalog.find(entries.get(3).summary().id()).orElseThrow().location())
                    .isEqualTo(moved.to());
        }
    }

    @Test
    void keepsTextsThatPostgresqlDoesNotTake() {
        var odd = "\0 \uD83D \uDE00 \uFDD00000 \\N \\. \t\r\n\b\"',{}\u2028\uD83D\uDE00";
        var hostile = aSession()
                .target("/" + odd + "?" + odd)
                .method(odd)
                .caller(new Caller(odd, odd, List.of(odd, "", "NULL", "\\", "\"")))
                .refused(400, odd)
                .entry(1);
        var plain = aSession().at(NOON, 1).entry(2);
        try (var catalog = open(own)) {
            catalog.index(List.of(hostile, plain), HERE);

            assertThat(catalog.since(0, SessionQuery.ALL, 10)).containsExactly(hostile, plain);
            assertThat(catalog.list(ofMethod(odd), null, 10)).containsExactly(hostile.summary());
        }
    }

    private static SessionQuery ofMethod(String method) {
        return new SessionQuery(List.of(), List.of(), List.of(method), null, List.of(), List.of(), null, null);
    }

    @Test
    void keepsAPositionForEachNode() {
        try (var one = open("one");
                var two = open("two")) {
            one.index(List.of(entry("one", 1, 5)), new SpoolPosition(1, 10));
            two.index(List.of(entry("two", 2, 3)), new SpoolPosition(7, 70));

            assertThat(one.indexedUpTo()).isEqualTo(new SpoolPosition(1, 10));
            assertThat(two.indexedUpTo()).isEqualTo(new SpoolPosition(7, 70));
            assertThat(one.lastOfNode()).isEqualTo(5);
            assertThat(two.lastOfNode()).isEqualTo(3);
            assertThat(one.since(0, SessionQuery.ALL, 10))
                    .isEqualTo(two.since(0, SessionQuery.ALL, 10))
                    .extracting(CatalogEntry::sequence)
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void tellsSpoolsOfNodesApart() {
        CatalogEntry byOne = entry("one", 1, 1);
        CatalogEntry byTwo = entry("two", 2, 1);
        try (var one = open("one");
                var two = open("two")) {
            one.index(List.of(byOne), HERE);
            two.index(List.of(byTwo), HERE);

            one.relocate(List.of(move(List.of(byOne), SEGMENT, 77)));

            // Both lay in a spool file of the same name, at the same place.
            assertThat(two.find(byOne.summary().id()).orElseThrow().location().container())
                    .isEqualTo(SEGMENT);
            assertThat(one.find(byTwo.summary().id()).orElseThrow().location()).isEqualTo(byTwo.location());
        }
    }

    @Test
    void tellsOtherNodesThatItWasCleared() {
        try (var one = open("one");
                var two = open("two")) {
            one.index(List.of(entry("one", 1, 1)), HERE);
            two.index(List.of(entry("two", 2, 1)), HERE);

            one.clear();

            assertThat(one.lostDays()).isEmpty();
            assertThat(two.lostDays()).containsExactly(TODAY);
            assertThat(two.indexedUpTo()).isEqualTo(SpoolPosition.START);
            one.index(List.of(entry("one", 1, 1)), HERE);
            one.clear();
            two.rebuilt(Set.of(TODAY));
            assertThat(two.lostDays()).as("it was lost once more").containsExactly(TODAY);
            two.rebuilt(Set.of(TODAY));
            assertThat(two.lostDays()).isEmpty();
        }
    }

    @Test
    void refusesAnEarlierProcessOfTheNode() {
        try (var earlier = open("one");
                var later = open("one")) {
            assertThatThrownBy(() -> earlier.index(List.of(entry("one", 1, 1)), HERE))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("another process by the name of this node");
            assertThat(later.indexedUpTo()).isEqualTo(SpoolPosition.START);

            later.index(List.of(entry("one", 1, 1)), HERE);

            assertThat(earlier.list(SessionQuery.ALL, null, 10)).hasSize(1);
        }
    }

    @Test
    void takesADayBackThatAnotherNodeForgot() {
        try (var one = open("one");
                var two = open("two")) {
            one.index(List.of(entry("one", 1, 1)), HERE);
            two.forgetDays(Set.of(TODAY));
            assertThat(one.list(SessionQuery.ALL, null, 10)).isEmpty();

            one.index(List.of(entry("one", 2, 2)), HERE);

            assertThat(two.list(SessionQuery.ALL, null, 10)).hasSize(1);
        }
    }

    @Test
    void refusesWhatANewerHansardMade() throws Exception {
        open(own).close();
        TestDatabase.execute("INSERT INTO " + TestDatabase.settings(own).schema() + "_catalog.layout VALUES (1000)");

        assertThatThrownBy(() -> open(own)).isInstanceOf(StorageException.class).hasMessageContaining("newer Hansard");
    }

    @Test
    void saysWhatARoleIsNotGranted() throws Exception {
        TestDatabase.execute("DROP ROLE IF EXISTS stranger; CREATE ROLE stranger LOGIN");
        var settings = new PostgresSettings(TestDatabase.url(), "stranger", Secret.of(""), 2, "nowhere");

        assertThatThrownBy(() -> TestDatabase.open(settings, NODE))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("does not grant enough; see docs/storage.md");
    }

    @Test
    void saysThatThereIsNoServer() {
        var settings = new PostgresSettings(
                "jdbc:postgresql://localhost:1/none?user=secret-1", "x", Secret.of("secret-2"), 2, "hansard");

        assertThatThrownBy(() -> TestDatabase.open(settings, NODE))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("jdbc:postgresql://localhost:1/none cannot be reached")
                .hasMessageNotContaining("secret");
    }

    @Test
    void refusesWorkOnceItIsClosed() {
        var catalog = open(own);
        catalog.close();

        catalog.close();

        assertThatThrownBy(() -> catalog.index(List.of(entry("one", 1, 1)), HERE))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> catalog.list(SessionQuery.ALL, null, 1)).isInstanceOf(StorageException.class);
    }

    private static CatalogEntry entry(String node, int number, long sequence) {
        return aSession().node(node).at(NOON, number).entry(sequence);
    }
}
