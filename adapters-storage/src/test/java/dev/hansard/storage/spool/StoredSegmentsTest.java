// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.SimulatedDisk;
import dev.hansard.ports.session.Spool.Flight;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.spool.Exchanges.Exchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // Made before each test.
class StoredSegmentsTest {
    private static final int COUNT = 6;

    private final SessionCatalog catalog = new InMemorySessionCatalog();
    private final InMemoryPayloadStore payloads = new InMemoryPayloadStore();
    private long time = 1_700_000_000_000L;
    private SpoolNode node;
    private StoredSegments segments;

    @BeforeEach
    void seal() throws IOException {
        SpoolSettings settings = SpoolSettings.at(Path.of("unused"));
        var sources = new Sources(() -> Instant.ofEpochMilli(time), () -> time * 1_000_000, new Random(1));
        node = SpoolNode.open(
                new SimulatedDisk(1), settings, new SpoolStores(catalog, payloads), Exchanges.NODE, sources);
        for (int i = 0; i < COUNT; i++) {
            Exchange exchange = Exchanges.of(i);
            Session session = exchange.session();
            Flight flight = node.spool().begin(session.id(), session.service(), "POST", Durability.STRICT);
            node.spool().complete(exchange, flight);
        }
        node.writer().step(0);
        time += Duration.ofHours(1).toMillis();
        node.writer().step(0);
        while (node.indexer().step() > 0) {
            assertThat(node.indexer().trouble()).isEmpty();
        }
        assertThat(node.sealer().step()).isTrue();
        segments = new StoredSegments(payloads, node.sealer(), FrameKeys.NONE, () -> {});
    }

    @AfterEach
    void close() {
        node.close();
    }

    private Segment only() {
        List<Segment> all = segments.list("").segments();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static SessionId id(int number) {
        return Exchanges.of(number).session().id();
    }

    private List<SessionId> listed() {
        return catalog.list(SessionQuery.ALL, null, 100).stream()
                .map(SessionSummary::id)
                .toList();
    }

    @Test
    void saysWhatASegmentIs() {
        Segment segment = only();

        assertThat(segment.service().value()).isEqualTo("payments");
        assertThat(segment.hour()).isEqualTo(Exchanges.NOON.truncatedTo(ChronoUnit.HOURS));
        assertThat(segments.size(segment))
                .isEqualTo(new Segments.Size(payloads.length(segment.key()).orElseThrow(), COUNT));
        assertThat(segments.records(segment)).hasSize(COUNT);
    }

    @Test
    void removesAWholeSegment() {
        Segment segment = only();

        Segment left = segments.remove(segment, _ -> false);
        Segment again = segments.remove(segment, _ -> false);

        assertThat(left).isNull();
        assertThat(again).isNull();
        assertThat(segments.list("").segments()).isEmpty();
        assertThat(segments.size(segment)).isNull();
        assertThat(segments.records(segment)).isEmpty();
    }

    @Test
    void copiesWhatStaysByteForByteAndReadsItBack() throws IOException {
        Segment segment = only();
        byte[] before = frame(id(2));

        Segment now = segments.remove(segment, id -> id.equals(id(2)) || id.equals(id(4)));

        assertThat(only()).isEqualTo(now).isNotEqualTo(segment);
        assertThat(frame(id(2))).isEqualTo(before);
        assertThat(node.archive().find(id(2)).orElseThrow().target())
                .isEqualTo(Exchanges.of(2).session().target());
        try (InputStream body =
                node.archive().openBody(id(4), Direction.RESPONSE).orElseThrow()) {
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).contains("ord_4");
        }
        assertThat(segments.records(only()))
                .extracting(record -> record.summary().id())
                .containsExactly(id(2), id(4));
    }

    @Test
    void leavesTheRowsOfWhatGoes() throws IOException {
        SessionSummary before = catalog.find(id(1)).orElseThrow().summary();

        segments.remove(only(), id -> id.equals(id(3)), Segments.Rows.STAY);

        assertThat(listed()).hasSize(COUNT);
        assertThat(segments.list("").segments()).extracting(Segment::isRows).containsExactlyInAnyOrder(true, false);
        assertThat(catalog.find(id(1)).orElseThrow().summary()).isEqualTo(before);
        assertThatThrownBy(() -> node.archive().find(id(1)))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        e -> assertThat(e.reason()).isEqualTo(new StorageException.Removed(before)));
        assertThat(node.archive().find(id(3))).isPresent();
        node.rebuildCatalog(_ -> {});
        assertThat(listed()).hasSize(COUNT);
        assertThat(catalog.find(id(1)).orElseThrow().summary()).isEqualTo(before);
        assertThat(node.archive().find(id(3))).isPresent();
    }

    @Test
    void leavesNothingOfRowsThatGo() throws IOException {
        segments.remove(only(), _ -> false, Segments.Rows.STAY);
        Segment rows = only();

        Segment now = segments.remove(rows, id -> !id.equals(id(2)));

        assertThat(now).isEqualTo(only()).isNotEqualTo(rows);
        assertThat(segments.records(only()))
                .hasSize(COUNT - 1)
                .extracting(row -> row.summary().id())
                .doesNotContain(id(2));
        segments.remove(only(), _ -> false);
        node.rebuildCatalog(_ -> {});
        assertThat(listed()).isEmpty();
    }

    @Test
    void leavesASegmentOfWhichEverythingStays() {
        Segment segment = only();

        assertThat(segments.remove(segment, _ -> true)).isEqualTo(segment);

        assertThat(only()).isEqualTo(segment);
    }

    @Test
    void letsTheCatalogBeRebuiltFromWhatStays() throws IOException {
        segments.remove(only(), id -> id.equals(id(3)));

        node.rebuildCatalog(_ -> {});

        assertThat(listed()).containsExactly(id(3));
        assertThat(node.archive().find(id(3))).isPresent();
    }

    @Test
    void storesTheSameObjectWhenItIsDoneTwice() throws IOException {
        Segment segment = only();
        byte[] whole;
        try (InputStream in =
                payloads.read(segment.key(), 0, payloads.length(segment.key()).orElseThrow())) {
            whole = in.readAllBytes();
        }
        Segment first = segments.remove(segment, id -> id.equals(id(3)));
        payloads.put(segment.key(), new ByteArrayInputStream(whole), whole.length, sha256(whole));

        Segment second = segments.remove(segment, id -> id.equals(id(3)));

        assertThat(second).isEqualTo(first);
        assertThat(only()).isEqualTo(first);
    }

    private static String sha256(byte[] bytes) throws IOException {
        return SegmentStore.digest(new ByteArrayInputStream(bytes));
    }

    private byte[] frame(SessionId id) throws IOException {
        CatalogEntry entry = catalog.find(id).orElseThrow();
        try (InputStream in = payloads.read(
                entry.location().container(),
                entry.location().offset(),
                entry.location().length())) {
            return in.readAllBytes();
        }
    }
}
