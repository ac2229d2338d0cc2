// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.crypt.InMemoryKeyWrapper;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.SimulatedDisk;
import dev.hansard.ports.session.Spool.Flight;
import dev.hansard.ports.session.Ticket;
import dev.hansard.storage.spool.Exchanges.Exchange;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints what a session of 2 + 2 KiB of JSON costs: {@code mvn test -Dtest=SpoolCostTest -Dhansard.bench=true}.
 * Nothing is asserted.
 */
@EnabledIfSystemProperty(named = "hansard.bench", matches = "true")
class SpoolCostTest {
    private static final int ROUNDS = 5;
    private static final int SESSIONS = 20_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void printsTheCostOfEncoding() throws IOException {
        printTheCostOfEncoding(FrameKeys.NONE, "");
        var sources = new Sources(InstantSource.system(), System::nanoTime, new Random(1));
        var wrapper = new InMemoryKeyWrapper();
        FrameKeys keys = FrameKeys.open(wrapper, new SimulatedDisk(1), new InMemoryPayloadStore(), sources);
        printTheCostOfEncoding(keys, ", encrypted");
        var each = new SpoolStores.Encryption(wrapper, true);
        FrameKeys ofSessions = FrameKeys.open(each, new SimulatedDisk(1), new InMemoryPayloadStore(), sources);
        printTheCostOfEncoding(ofSessions, ", a key each");
    }

    private static void printTheCostOfEncoding(FrameKeys keys, String how) {
        List<Exchange> exchanges = exchanges();
        try (var encoder = new FrameEncoder(keys)) {
            for (int round = 0; round < ROUNDS; round++) {
                long bytes = 0;
                long start = System.nanoTime();
                for (int i = 0; i < SESSIONS; i++) {
                    EncodedFrame frame = encoder.encode(FrameKind.COMPLETE, exchanges.get(i % exchanges.size()));
                    frame.stamp(1, i);
                    bytes += frame.length();
                }
                print("encode" + how, start, SESSIONS, "bytes a session " + bytes / SESSIONS);
            }
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                for (int i = 0; i < SESSIONS; i++) {
                    encoder.encode(FrameKind.INTENT, exchanges.get(i % exchanges.size()));
                }
                print("encode intent" + how, start, SESSIONS, "");
            }
        }
    }

    @Test
    void printsTheCostOfAppending() throws Exception {
        List<Exchange> exchanges = exchanges();
        for (int round = 0; round < ROUNDS; round++) {
            Path at = Files.createDirectory(folder.resolve("relaxed" + round));
            try (SpoolStorage storage = open(at)) {
                long cpu = cpu();
                long start = System.nanoTime();
                Ticket last = null;
                for (int i = 0; i < SESSIONS; i++) {
                    last = record(storage, exchanges.get(i % exchanges.size()), false);
                    if (i % 1000 == 999) {
                        last.await(LIMIT);
                    }
                }
                print("relaxed, all threads " + (cpu() - cpu) / SESSIONS / 1000 + " us cpu;", start, SESSIONS, "");
            }
        }
        for (int threads : new int[] {1, 8, 32}) {
            Path at = Files.createDirectory(folder.resolve("strict" + threads));
            try (SpoolStorage storage = open(at)) {
                int each = 4000 / threads;
                long cpu = cpu();
                long start = System.nanoTime();
                var running = IntStream.range(0, threads)
                        .mapToObj(_ -> Thread.startVirtualThread(() -> {
                            for (int i = 0; i < each; i++) {
                                record(storage, exchanges.get(i % exchanges.size()), true)
                                        .await(LIMIT);
                            }
                        }))
                        .toList();
                for (Thread thread : running) {
                    thread.join();
                }
                print(
                        "strict, " + threads + " callers, " + (cpu() - cpu) / ((long) each * threads) / 1000
                                + " us cpu;",
                        start,
                        each * threads,
                        "");
            }
        }
    }

    private static long cpu() {
        var os = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return os.getProcessCpuTime();
    }

    private static SpoolStorage open(Path at) {
        return SpoolStorage.open(
                SpoolSettings.at(at),
                new InMemorySessionCatalog(),
                new InMemoryPayloadStore(),
                Exchanges.NODE,
                InstantSource.system(),
                new Random(1));
    }

    private static Ticket record(SpoolStorage storage, Exchange exchange, boolean strict) {
        Flight flight = storage.spool()
                .begin(exchange.session().id(), exchange.session().service(), "POST", Durability.RELAXED);
        if (strict) {
            storage.spool().intent(Exchanges.intent(exchange)).await(LIMIT);
        }
        return storage.spool().complete(exchange, flight);
    }

    private static void print(String what, long start, int count, String more) {
        double micros = (System.nanoTime() - start) / 1000.0 / count;
        System.out.println(String.format(Locale.ROOT, "%s %.1f us a session %s", what, micros, more));
    }

    private static List<Exchange> exchanges() {
        return IntStream.range(0, 500)
                .mapToObj(i -> {
                    Exchange of = Exchanges.of(i);
                    var body = new StringBuilder("[");
                    var random = new Random(i);
                    while (body.length() < 2000) {
                        body.append("{\"id\":\"ord_").append(random.nextInt(1 << 30));
                        body.append("\",\"amount\":")
                                .append(random.nextInt(100_000))
                                .append(",\"note\":\"thanks\"},");
                    }
                    String text = body.append("{}]").toString();
                    var fields = List.of(
                            new Field("Host", "payments.example"),
                            new Field("User-Agent", "curl/8.5.0"),
                            new Field("Accept", "*/*"),
                            new Field("Content-Type", "application/json"),
                            new Field("Date", "Mon, 23 Nov 2026 12:00:00 GMT"));
                    return new Exchange(Sessions.withFields(of.session(), fields, text.length()), text, text);
                })
                .toList();
    }
}
