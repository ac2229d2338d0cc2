// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.fault.TcpFault;
import dev.hansard.ports.fault.TcpFaultProxy;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.S3Proxy;
import dev.hansard.ports.session.Ticket;
import dev.hansard.ports.session.Ticket.Commit;
import dev.hansard.ports.value.Secret;
import dev.hansard.storage.s3.ObjectLock;
import dev.hansard.storage.s3.S3Limits;
import dev.hansard.storage.s3.S3Payloads;
import dev.hansard.storage.s3.S3Settings;
import dev.hansard.storage.spool.Exchanges.Exchange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What piles up while the bucket is down goes there once it is back, faster than it came. */
@EnabledIf(value = "dev.hansard.ports.session.S3Proxy#isThere", disabledReason = "Maven has not got s3proxy")
class DrainTest {
    private static final int SESSIONS = Integer.getInteger("hansard.drain.sessions", 2000);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration WAY = Duration.ofMillis(5);
    private static final String BUCKET = "drain";

    private final InMemorySessionCatalog catalog = new InMemorySessionCatalog();

    @TempDir
    private Path folder = Path.of("");

    private static PayloadStore store(TcpFaultProxy proxy) {
        var settings = new S3Settings(
                proxy.http(),
                "us-east-1",
                S3Proxy.running().bucket(BUCKET),
                UUID.randomUUID() + "/",
                Secret.of(S3Proxy.ACCESS_KEY),
                Secret.of(S3Proxy.SECRET_KEY),
                ObjectLock.NONE,
                S3Limits.USUAL);
        return S3Payloads.open(settings, System::nanoTime, new SplittableRandom(1));
    }

    private SpoolStorage open(PayloadStore payloads) {
        SpoolSettings usual = SpoolSettings.at(folder);
        var settings = new SpoolSettings(
                folder,
                256 * 1024,
                usual.maxBytes(),
                usual.groupCommit(),
                usual.groupBytes(),
                usual.queueBytes(),
                usual.reserveBytes(),
                usual.recordDeadline(),
                usual.sealAfter(),
                usual.maxFlights());
        return SpoolStorage.open(
                settings, catalog, payloads, Exchanges.NODE, InstantSource.system(), RandomGenerator.getDefault());
    }

    private static void record(SpoolStorage storage, int from, int to) {
        var tickets = new ArrayList<Ticket>();
        for (int i = from; i < to; i++) {
            Exchange exchange = Exchanges.of(i, "orders", Exchanges.NOON.plusSeconds(i), Durability.RELAXED);
            var flight = storage.spool()
                    .begin(exchange.session().id(), exchange.session().service(), "POST", Durability.RELAXED);
            tickets.add(storage.spool().complete(exchange, flight));
        }
        tickets.forEach(ticket -> assertThat(ticket.await(LIMIT)).isEqualTo(Commit.DURABLE));
    }

    @Test
    @Timeout(150)
    void losesNothingInAnOutageAndCatchesUp() {
        try (TcpFaultProxy proxy = TcpFaultProxy.to(S3Proxy.running().address());
                PayloadStore payloads = store(proxy);
                SpoolStorage storage = open(payloads)) {
            proxy.apply(new TcpFault.Refuse());
            record(storage, 0, SESSIONS);
            await().atMost(LIMIT).until(storage::isIndexed);
            int files = storage.stats().files();
            assertThat(storage.stats().segments()).isZero();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(storage.stats().trouble()).contains("sessions cannot be sealed"));

            proxy.apply(new TcpFault.Latency(WAY));
            await().atMost(LIMIT).until(() -> storage.stats().segments() > 0);
            long start = System.nanoTime();
            int left = storage.stats().files();
            storage.sealNow();
            double seconds = (System.nanoTime() - start) / 1e9;

            System.getLogger(DrainTest.class.getName())
                    .log(System.Logger.Level.INFO, "drained {0} of {1} files in {2} s", left, files, seconds);
            assertThat(storage.stats().files()).isZero();
            assertThat(storage.stats().setAside()).isZero();
            assertThat(storage.stats().lost()).isZero();
            for (int i = 0; i < SESSIONS; i += 97) {
                assertThat(storage.archive().find(Exchanges.id(i))).isPresent();
            }
        }
    }
}
