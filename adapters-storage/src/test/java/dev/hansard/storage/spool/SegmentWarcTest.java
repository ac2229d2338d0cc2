// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.storage.spool.Exchanges.Exchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.netpreserve.jwarc.HttpRequest;
import org.netpreserve.jwarc.HttpResponse;
import org.netpreserve.jwarc.MessageBody;
import org.netpreserve.jwarc.WarcMetadata;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcRequest;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.Warcinfo;

/** Segments as the tools of others see them. */
@Timeout(60)
class SegmentWarcTest {
    private static final int SESSIONS = 60;

    private final InMemoryPayloadStore payloads = new InMemoryPayloadStore();

    @TempDir
    private Path folder;

    @Test
    void isReadWholeByJwarc() throws IOException {
        byte[] segment = seal(exchanges());

        Map<String, Integer> kinds = new HashMap<>();
        var requests = new ArrayList<String>();
        var responses = new ArrayList<String>();
        try (var reader = new WarcReader(decompressed(segment))) {
            for (WarcRecord record : reader) {
                kinds.merge(record.type(), 1, Integer::sum);
                switch (record) {
                    case WarcRequest request -> {
                        HttpRequest http = request.http();
                        requests.add(http.method() + " " + http.target() + " " + text(http.body()));
                    }
                    case WarcResponse response -> {
                        HttpResponse http = response.http();
                        responses.add(http.status() + " " + text(http.body()));
                    }
                    case WarcMetadata metadata ->
                        assertThat(metadata.fields().first("service")).contains("payments");
                    case Warcinfo info ->
                        assertThat(info.fields().first("software")).contains("Hansard");
                    default -> throw new AssertionError("unexpected " + record.type());
                }
            }
        }

        assertThat(kinds)
                .isEqualTo(Map.of("warcinfo", 1, "request", SESSIONS, "response", SESSIONS, "metadata", SESSIONS));
        assertThat(requests)
                .isEqualTo(exchanges().stream()
                        .map(e -> "POST " + e.session().receivedTarget() + " " + e.request())
                        .toList());
        assertThat(responses)
                .isEqualTo(exchanges().stream().map(e -> "200 " + e.response()).toList());
    }

    @Test
    void isReadByTheZstdReaderOfJwarc() throws IOException {
        byte[] segment = seal(exchanges());

        // jwarc 0.33 to 0.36 answers a read at the end of a zstd file with 0 instead of -1 and asks for ever; so it is
        // asked only
        // as often as there are records.
        var ids = new HashSet<URI>();
        try (var reader = new WarcReader(Channels.newChannel(new ByteArrayInputStream(segment)))) {
            for (int i = 0; i < 3 * SESSIONS + 1; i++) {
                ids.add(reader.next().orElseThrow().id());
            }
        }

        assertThat(ids).hasSize(3 * SESSIONS + 1);
    }

    @Test
    void passesTheTestOfTheZstdCommand() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/zstd")));
        Path file = Files.write(folder.resolve("segment.warc.zst"), seal(exchanges()));

        Process zstd = new ProcessBuilder("/usr/bin/zstd", "-t", "-q", file.toString()).start();

        assertThat(zstd.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(zstd.exitValue()).isZero();
    }

    private byte[] seal(List<Exchange> exchanges) throws IOException {
        try (SpoolStorage storage = SpoolStorage.open(
                SpoolSettings.at(folder.resolve("spool")),
                new InMemorySessionCatalog(),
                payloads,
                Exchanges.NODE,
                InstantSource.system(),
                new Random(1))) {
            for (Exchange exchange : exchanges) {
                var flight = storage.spool()
                        .begin(exchange.session().id(), exchange.session().service(), "POST", Durability.RELAXED);
                storage.spool().complete(exchange, flight);
            }
            storage.sealNow();
        }
        String key = payloads.list("", "", 10).getFirst();
        try (InputStream in = payloads.read(key, 0, payloads.length(key).orElseThrow())) {
            return in.readAllBytes();
        }
    }

    private static List<Exchange> exchanges() {
        var exchanges = new ArrayList<Exchange>();
        for (int i = 0; i < SESSIONS; i++) {
            Exchange plain = Exchanges.of(i, "payments", Exchanges.NOON, Durability.RELAXED);
            exchanges.add(i % 4 == 0 ? chunked(plain) : plain);
        }
        return exchanges;
    }

    private static Exchange chunked(Exchange of) {
        var fields = List.of(new Field("Transfer-Encoding", "chunked"), new Field("Content-Type", "text/plain"));
        var trailers = List.of(new Field("Digest", "none"));
        int length = of.response().length();
        var message = new RecordedMessage(fields, trailers, length, length, null, false, Masking.CLEAN);
        Session session = Sessions.withResponse(of.session(), message);
        return new Exchange(session, of.request(), of.response());
    }

    private static InputStream decompressed(byte[] segment) throws IOException {
        return new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(segment)).setContinuous(false);
    }

    private static String text(MessageBody body) throws IOException {
        var text = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        while (body.read(buffer) >= 0) {
            text.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
            buffer.clear();
        }
        return text.toString();
    }
}
