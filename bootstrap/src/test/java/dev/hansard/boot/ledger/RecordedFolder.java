// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.ledger;

import dev.hansard.core.ledger.MerkleLedger;
import dev.hansard.core.ledger.PublishedLedger;
import dev.hansard.core.ledger.note.LedgerKey;
import dev.hansard.core.ledger.note.SignedNote;
import dev.hansard.core.ledger.verify.Finding;
import dev.hansard.core.ledger.verify.Verification;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.session.MaskedExchange;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionBuilder;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.catalog.H2Catalog;
import dev.hansard.storage.catalog.H2CatalogSettings;
import dev.hansard.storage.payload.FilesystemPayloads;
import dev.hansard.storage.spool.LedgerStorage;
import dev.hansard.storage.spool.SpoolSettings;
import dev.hansard.storage.spool.SpoolStorage;
import dev.hansard.storage.spool.SpoolStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The folder of a node: spool, segments, catalog and ledger, all on a real disk. */
final class RecordedFolder {
    static final NodeName NODE = new NodeName("node-1");

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    final Path folder;
    final LedgerKey key;

    RecordedFolder(Path folder, LedgerKey key) {
        this.folder = folder;
        this.key = key;
    }

    static LedgerKey newKey() {
        return LedgerKey.of(LedgerKey.make(PublishedLedger.originOf(NODE)));
    }

    static SessionId id(long number) {
        return new SessionId((NOON.toEpochMilli() << 16) | 0x7000L, (1L << 63) | number);
    }

    /** Records sessions; those before {@code sealed} go into segments, the others stay in the spool. */
    RecordedFolder record(int from, int sealed, int to) {
        try (SessionCatalog catalog = catalog();
                MerkleLedger ledger = ledger();
                SpoolStorage storage = SpoolStorage.open(
                        SpoolSettings.at(folder.resolve("spool")),
                        new SpoolStores(catalog, payloads()).enteringIn(ledger),
                        NODE,
                        InstantSource.system(),
                        new Random(from))) {
            for (int number = from; number < to; number++) {
                record(storage, number);
                if (number == sealed - 1) {
                    Awaitility.await().atMost(LIMIT).until(storage::isIndexed);
                    storage.sealNow();
                }
            }
            Awaitility.await().atMost(LIMIT).until(storage::isIndexed);
        }
        return this;
    }

    private static void record(SpoolStorage storage, int number) {
        Session session = SessionBuilder.aSession()
                .id(id(number))
                .service(number % 3 == 0 ? "search" : "payments")
                .at(NODE.value(), "main")
                .lasted(NOON.plusMillis(number), 1500)
                .durability(Durability.RELAXED)
                .target("/v1/orders?n=" + number)
                .build();
        var flight = storage.spool().begin(session.id(), session.service(), "POST", Durability.RELAXED);
        storage.spool().complete(new Masked(session, "order " + number), flight).await(LIMIT);
    }

    private record Masked(Session session, String body) implements MaskedExchange {
        @Override
        public List<ByteBuffer> requestBody() {
            return bytes();
        }

        @Override
        public List<ByteBuffer> responseBody() {
            return bytes();
        }

        private List<ByteBuffer> bytes() {
            return List.of(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
        }
    }

    RecordedFolder copy(Path to) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(folder.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
            return new RecordedFolder(to, key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MerkleLedger ledger() {
        return new MerkleLedger(
                LedgerStorage.folder(folder.resolve("ledger")),
                published(),
                key,
                System::nanoTime,
                Duration.ofMillis(200));
    }

    PublishedLedger published() {
        return new PublishedLedger(payloads(), NODE);
    }

    PayloadStore payloads() {
        return FilesystemPayloads.open(folder.resolve("payloads"));
    }

    SessionCatalog catalog() {
        return H2Catalog.open(H2CatalogSettings.of(folder.resolve("catalog")), System::nanoTime);
    }

    String checkpoint() {
        PublishedLedger published = published();
        return published.checkpoint(published.newest().orElseThrow());
    }

    /** The segments, in the order of their keys. */
    List<Path> segments() {
        try (Stream<Path> files = Files.walk(folder.resolve("payloads"))) {
            return files.filter(file -> file.toString().endsWith(".warc.zst"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path spoolFile() {
        try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
            return files.filter(file -> file.toString().endsWith(".spool"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a verification tells. */
    record Verified(Verification.Result result, List<Finding> findings) {
        List<Finding.Kind> kinds() {
            return findings.stream().map(Finding::kind).distinct().toList();
        }

        List<SessionId> sessions(Finding.Kind kind) {
            return findings.stream()
                    .filter(finding -> finding.kind() == kind)
                    .map(Finding::id)
                    .toList();
        }
    }

    Verified verify(@Nullable String since) {
        var findings = new ArrayList<Finding>();
        try (SessionCatalog catalog = catalog();
                var records = LedgerStorage.records(folder.resolve("spool"), payloads(), NODE)) {
            var trust = new Verification.Trust(key.publicKey(), since == null ? null : SignedNote.parse(since));
            Verification.Result result = new Verification(new Verification.Stores(published(), records, catalog), trust)
                    .run(findings::add, (_, _) -> {});
            return new Verified(result, findings);
        }
    }
}
