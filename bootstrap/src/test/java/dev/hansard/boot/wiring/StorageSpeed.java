// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import static org.awaitility.Awaitility.await;

import dev.hansard.boot.plugins.Plugins;
import dev.hansard.boot.settings.Languages;
import dev.hansard.boot.settings.Loading;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.SettingsLoader;
import dev.hansard.boot.settings.TlsFiles;
import dev.hansard.boot.settings.identity.ProviderTypes;
import dev.hansard.boot.settings.storage.StorageTypes;
import dev.hansard.http.content.Re2jPatterns;
import dev.hansard.http.policy.CelCompiler;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.fault.TcpFault;
import dev.hansard.ports.fault.TcpFaultProxy;
import dev.hansard.ports.session.MaskedExchange;
import dev.hansard.ports.session.S3Proxy;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionBuilder;
import dev.hansard.ports.session.Spool;
import dev.hansard.ports.session.Ticket;
import dev.hansard.ports.spi.StorageSurroundings;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.SessionId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Prints how many sessions a second go all the way from the spool into catalog, ledger and payload store, and what they
 * take there; then, with {@code s3}, how fast the spool drains after the store was down. Not a test: run its main.
 * Arguments: how many sessions; {@code h2} or {@code postgresql}; {@code filesystem} or {@code s3}.
 */
final class StorageSpeed {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int CONTENT = 2_048;
    private static final int UNACKNOWLEDGED = 2_000;

    private final Storage storage;
    private final Random random = new Random(1);

    private StorageSpeed(Storage storage) {
        this.storage = storage;
    }

    /** An exchange of 2 and 2 KiB. */
    private record Exchange(Session session, ByteBuffer content) implements MaskedExchange {
        @Override
        public List<ByteBuffer> requestBody() {
            return List.of(content.duplicate());
        }

        @Override
        public List<ByteBuffer> responseBody() {
            return List.of(content.duplicate());
        }
    }

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        boolean isPostgres = arguments[1].equals("postgresql");
        boolean isS3 = arguments[2].equals("s3");
        Path folder = Files.createTempDirectory("storage-speed");
        @Nullable
        EmbeddedPostgres postgres = isPostgres ? EmbeddedPostgres.builder().start() : null;
        @Nullable
        TcpFaultProxy proxy = isS3 ? TcpFaultProxy.to(S3Proxy.running().address()) : null;
        try {
            Settings settings = settings(folder, postgres, proxy);
            Path data = Files.createDirectories(folder.resolve("data"));
            var around = new StorageSurroundings(
                    new NodeName("node-1"), data, InstantSource.system(), System::nanoTime, new SecureRandom());
            try (Storage storage = Storage.open(
                    settings.storage(), settings.ledger(), settings.retention().toRules(), around)) {
                var speed = new StorageSpeed(storage);
                speed.record(count / 5);
                speed.settle();
                print("into " + arguments[1] + " and " + arguments[2], count, speed.through(count));
                if (proxy != null) {
                    speed.outage(proxy, count);
                }
                size(folder, count + count / 5 + (proxy == null ? 0 : count));
            }
        } finally {
            if (proxy != null) {
                proxy.close();
            }
            if (postgres != null) {
                postgres.close();
            }
        }
    }

    private static Settings settings(Path folder, @Nullable EmbeddedPostgres postgres, @Nullable TcpFaultProxy proxy)
            throws IOException {
        var storage = new StringBuilder("storage:\n  data-dir: data\n  spool: { max: 8GiB }\n");
        if (postgres != null) {
            storage.append("  catalog: { type: postgresql, username: postgres, url: 'jdbc:postgresql://localhost:")
                    .append(postgres.getPort())
                    .append("/postgres' }\n");
        }
        if (proxy != null) {
            S3Proxy.running().bucket("speed");
            Path secret = Files.writeString(folder.resolve("secret"), S3Proxy.SECRET_KEY);
            Path access = Files.writeString(folder.resolve("access"), S3Proxy.ACCESS_KEY);
            storage.append("  payloads: { type: minio, bucket: speed, endpoint: '")
                    .append(URI.create("http://127.0.0.1:" + proxy.port()))
                    .append("', access-key: '${file:" + access + "}', secret-key: '${file:" + secret + "}' }\n");
        }
        Path file = Files.writeString(
                folder.resolve("hansard.yaml"), "version: 1\nservices: { pay: 'http://127.0.0.1:1' }\n" + storage);
        Plugins plugins = Plugins.in(folder.resolve("plugins"));
        var loader = new SettingsLoader(
                Map.of(),
                dev.hansard.boot.settings.yaml.Files.onDisk(),
                TlsFiles.onDisk(),
                new Languages(Re2jPatterns.create(), CelCompiler.create()),
                new ProviderTypes(plugins),
                new StorageTypes(plugins));
        return switch (loader.load(file)) {
            case Loading.Loaded loaded -> loaded.settings();
            case Loading.Rejected rejected ->
                throw new IllegalArgumentException(rejected.problems().toString());
        };
    }

    /** Records so many; the nanoseconds until they are in spool, catalog, ledger and payload store. */
    private Map<String, Long> through(int count) {
        long start = System.nanoTime();
        record(count);
        long recorded = System.nanoTime() - start;
        awaitIndexed();
        long indexed = System.nanoTime() - start;
        settle();
        return Map.of("durable", recorded, "listed", indexed, "stored", System.nanoTime() - start);
    }

    private void outage(TcpFaultProxy proxy, int count) {
        proxy.apply(new TcpFault.Refuse());
        record(count);
        awaitIndexed();
        proxy.apply(new TcpFault.None());
        long start = System.nanoTime();
        settle();
        print("drained after an outage", count, Map.of("stored", System.nanoTime() - start));
    }

    private void awaitIndexed() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(storage::isIndexed);
    }

    private void settle() {
        List<?> left = storage.drain(PATIENCE, _ -> {});
        if (!left.isEmpty()) {
            throw new IllegalStateException("not stored: " + left);
        }
    }

    private void record(int count) {
        Spool spool = storage.spool();
        @Nullable Ticket last = null;
        for (int i = 0; i < count; i++) {
            Exchange exchange = exchange(i);
            Session session = exchange.session();
            Spool.Flight flight = spool.begin(session.id(), session.service(), session.method(), Durability.RELAXED);
            Ticket ticket = spool.complete(exchange, flight);
            if (i % UNACKNOWLEDGED == 0 && last != null) {
                require(last);
            }
            last = i % UNACKNOWLEDGED == 0 ? ticket : last;
            if (i == count - 1) {
                require(ticket);
            }
        }
    }

    private static void require(Ticket ticket) {
        if (ticket.await(PATIENCE) != Ticket.Commit.DURABLE) {
            throw new IllegalStateException("a session could not be recorded");
        }
    }

    /** Content as a service has it: words that come again, and numbers that do not. */
    private Exchange exchange(int number) {
        Instant now = Instant.now();
        var content = new StringBuilder("{\"items\":[");
        while (content.length() < CONTENT) {
            content.append("{\"order\":\"ord_")
                    .append(random.nextInt())
                    .append("\",\"state\":\"paid\",\"amount\":")
                    .append(random.nextInt(100_000))
                    .append("},");
        }
        ByteBuffer bytes = ByteBuffer.wrap(content.substring(0, CONTENT).getBytes(StandardCharsets.US_ASCII));
        var message = SessionBuilder.message(List.of(new Field("Content-Type", "application/json")), CONTENT);
        Session session = SessionBuilder.aSession()
                .id(new SessionId((now.toEpochMilli() << 16) | 0x7000L, (1L << 63) | random.nextLong() >>> 2))
                .service("service-" + number % 20)
                .at("node-1", "in")
                .lasted(now, 1_000)
                .durability(Durability.RELAXED)
                .target("/v1/orders/" + number)
                .request(message)
                .upstream("http://10.0.0.1:9001")
                .response(message)
                .build();
        return new Exchange(session, bytes);
    }

    @SuppressWarnings("SystemOut") // It is run by hand, for what it prints.
    private static void print(String what, int count, Map<String, Long> nanos) {
        nanos.forEach((state, time) -> System.out.printf("%s: %,.0f sessions/s %s%n", what, count * 1e9 / time, state));
    }

    @SuppressWarnings("SystemOut")
    private static void size(Path folder, int sessions) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            Map<String, Long> sizes = files.filter(Files::isRegularFile)
                    .collect(Collectors.groupingBy(
                            file -> folder.resolve("data")
                                    .relativize(file)
                                    .getName(0)
                                    .toString(),
                            TreeMap::new,
                            Collectors.summingLong(file -> file.toFile().length())));
            sizes.forEach((name, bytes) -> System.out.printf("%s: %,d bytes a session%n", name, bytes / sessions));
        }
    }
}
