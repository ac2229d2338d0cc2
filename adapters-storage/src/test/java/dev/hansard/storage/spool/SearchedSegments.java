// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.search.ContentQuery;
import dev.hansard.ports.search.ContentSearch;
import dev.hansard.ports.search.Phrase;
import dev.hansard.ports.search.SearchCost;
import dev.hansard.ports.search.SearchStep;
import dev.hansard.ports.search.Spoken;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SimulatedDisk;
import dev.hansard.ports.session.Spool.Flight;
import dev.hansard.ports.value.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A node whose sessions are sealed and then searched. Belongs to one thread. */
final class SearchedSegments implements AutoCloseable {
    private final InMemorySessionCatalog catalog = new InMemorySessionCatalog();
    private final InMemoryPayloadStore payloads = new InMemoryPayloadStore();
    private final SpoolNode node;
    private long time = Spoken.NOON.toEpochMilli();

    SearchedSegments(UnaryOperator<SpoolStores> with) throws IOException {
        var sources = new Sources(() -> Instant.ofEpochMilli(time), () -> time * 1_000_000, new Random(1));
        SpoolStores stores = with.apply(new SpoolStores(catalog, payloads));
        node = SpoolNode.open(
                new SimulatedDisk(1), SpoolSettings.at(Path.of("unused")), stores, Exchanges.NODE, sources);
    }

    /** What a search found, and what it cost. */
    record Outcome(List<SessionId> found, SearchCost cost) {}

    SpoolNode node() {
        return node;
    }

    InMemoryPayloadStore payloads() {
        return payloads;
    }

    InMemorySessionCatalog catalog() {
        return catalog;
    }

    StoredSegments segments() {
        return new StoredSegments(payloads, node.sealer(), node.spool().keys(), () -> {});
    }

    List<Segment> all() {
        return segments().list("").segments();
    }

    Segment only() {
        assertThat(all()).hasSize(1);
        return all().getFirst();
    }

    void record(List<Spoken> exchanges) throws IOException {
        for (Spoken exchange : exchanges) {
            Flight flight = node.spool().begin(exchange.id(), exchange.session().service(), "POST", Durability.STRICT);
            node.spool().complete(exchange, flight);
            node.writer().step(0);
        }
        index();
    }

    private void index() throws IOException {
        while (node.indexer().step() > 0) {
            assertThat(node.indexer().trouble()).isEmpty();
        }
    }

    void seal() throws IOException {
        time += Duration.ofHours(1).toMillis();
        node.writer().step(0);
        index();
        while (node.sealer().step()) {
            index();
        }
    }

    void seal(List<Spoken> exchanges) throws IOException {
        record(exchanges);
        seal();
    }

    Outcome search(String phrase) {
        var found = new ArrayList<SessionId>();
        var query = new ContentQuery(SessionQuery.ALL, new Phrase(phrase), null, ContentQuery.DEFAULT_BYTES);
        try (ContentSearch.Running running = node.search().search(query)) {
            SearchStep step = running.next();
            while (!(step instanceof SearchStep.Ended)) {
                if (step instanceof SearchStep.Found its) {
                    found.add(its.session().id());
                }
                step = running.next();
            }
            return new Outcome(found, running.cost());
        }
    }

    byte[] bytes(String key) throws IOException {
        try (InputStream in = payloads.read(key, 0, payloads.length(key).orElseThrow())) {
            return in.readAllBytes();
        }
    }

    @Override
    public void close() {
        node.close();
    }
}
