// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.SimulatedDisk;
import dev.hansard.ports.session.SpoolState;
import dev.hansard.ports.session.Ticket.Commit;
import dev.hansard.ports.usage.DiskGrade;
import dev.hansard.ports.usage.StoredParts;
import dev.hansard.ports.usage.StoredParts.Waiting;
import dev.hansard.ports.value.NodeName;
import dev.hansard.storage.spool.Exchanges.Exchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SpoolPartsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int SESSIONS = 30;

    private final SimulatedDisk disk = new SimulatedDisk(7);
    private final InMemoryPayloadStore payloads = new InMemoryPayloadStore();
    private SpoolStorage storage;
    private StoredParts parts;

    @SuppressWarnings("NullAway.Init") // JUnit opens it.
    SpoolPartsTest() {}

    @BeforeEach
    void open() throws IOException {
        SpoolSettings settings = SpoolFaultTest.settings(1 << 20, 200_000);
        storage = SpoolStorage.open(
                disk,
                settings,
                new InMemorySessionCatalog(),
                payloads,
                Exchanges.NODE,
                new Sources(() -> Exchanges.NOON, System::nanoTime, new Random(1)));
        parts = storage.parts(true);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private void record(int number, String service) {
        Exchange exchange = Exchanges.of(number, service, Exchanges.NOON, Durability.STRICT);
        var flight =
                storage.spool().begin(Exchanges.id(number), exchange.session().service(), "GET", Durability.STRICT);
        storage.spool().complete(exchange, flight).await(LIMIT);
    }

    private void recordAll() {
        for (int i = 0; i < SESSIONS; i++) {
            record(i, i % 3 == 0 ? "search" : "payments");
        }
    }

    private Segment sealed() {
        storage.sealNow();
        Segments.Page page = storage.segments().list("");
        return page.segments().getFirst();
    }

    @Test
    void countsWhatIsInTheSpoolAndNotWhatHasBeenSealed() {
        recordAll();

        List<Waiting> waiting = parts.waiting();
        record(SESSIONS, "payments");
        List<Waiting> more = parts.waiting();
        storage.sealNow();

        assertThat(waiting)
                .extracting(it -> it.service() + " " + it.sessions())
                .containsExactlyInAnyOrder("search 10", "payments 20");
        assertThat(waiting).allSatisfy(it -> assertThat(it.bytes()).isPositive());
        assertThat(more).extracting(it -> it.service() + " " + it.sessions()).contains("payments 21");
        assertThat(parts.waiting()).isEmpty();
    }

    @Test
    void findsNothingWrongWhereNothingIs() {
        recordAll();

        List<String> ofFile = parts.faultsOfSpoolFile(parts.spoolFiles().getFirst());
        List<String> ofSegment = parts.faultsOf(sealed());

        assertThat(ofFile).isEmpty();
        assertThat(ofSegment).isEmpty();
    }

    @Test
    void namesADamagedFrameOfTheSpool() throws IOException {
        recordAll();
        String name = parts.spoolFiles().getFirst();

        try (var file = disk.open(name)) {
            file.write(ByteBuffer.wrap(new byte[16]), 3_000);
        }

        assertThat(parts.faultsOfSpoolFile(name)).hasSize(1).first().asString().contains("are damaged");
    }

    @Test
    void namesADamagedSegment() throws IOException {
        recordAll();
        Segment segment = sealed();
        byte[] bytes = payloads.read(
                        segment.key(), 0, payloads.length(segment.key()).orElseThrow())
                .readAllBytes();

        bytes[bytes.length / 2] ^= 1;
        replace(segment, bytes);
        List<String> damaged = parts.faultsOf(segment);
        bytes[bytes.length - 1] ^= 1;
        replace(segment, bytes);
        List<String> withoutFooter = parts.faultsOf(segment);

        assertThat(damaged).first().asString().contains("not those that were stored");
        assertThat(withoutFooter).anyMatch(fault -> fault.contains("footer"));
    }

    private void replace(Segment segment, byte[] bytes) throws IOException {
        payloads.delete(segment.key());
        payloads.put(
                segment.key(),
                new ByteArrayInputStream(bytes),
                bytes.length,
                SegmentStore.digest(new ByteArrayInputStream(bytes)));
    }

    @Test
    void saysWhatIsThere() {
        recordAll();
        Segment segment = sealed();

        assertThat(parts.isThere(Exchanges.NODE, segment.key())).isTrue();
        assertThat(parts.isThere(Exchanges.NODE, segment.key() + "x")).isFalse();
        assertThat(parts.isThere(Exchanges.NODE, "spool/0000000001.spool@1")).isFalse();
        assertThat(parts.isThere(new NodeName("other"), "spool/0000000001.spool@1"))
                .isTrue();
        assertThat(parts.faultsOf(
                        new Segment(segment.key() + "x", segment.service(), segment.retention(), segment.hour())))
                .isEmpty();
    }

    @Test
    void refusesIntentsBeforeTheDiskIsFullAndTakesThemAgain() throws IOException {
        long used = used();
        disk.capacity(used + 10);

        await().atMost(LIMIT).until(() -> parts.room().grade() == DiskGrade.SCARCE);
        SpoolState scarce = storage.spool().state();
        var refused = storage.spool().intent(Exchanges.intent(Exchanges.of(1))).await(LIMIT);
        disk.capacity(Long.MAX_VALUE);
        await().atMost(LIMIT).until(() -> storage.spool().state() instanceof SpoolState.Working);

        assertThat(scarce).isInstanceOf(SpoolState.Scarce.class);
        assertThat(refused).isEqualTo(Commit.FAILED);
        assertThat(parts.room()).extracting(StoredParts.Room::grade).isEqualTo(DiskGrade.OK);
    }

    private long used() throws IOException {
        return Long.MAX_VALUE - disk.free();
    }
}
