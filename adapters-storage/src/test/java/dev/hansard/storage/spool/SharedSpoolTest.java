// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.Spool.Flight;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.spool.Exchanges.Exchange;
import dev.hansard.storage.spool.SpoolStorage.LeftFile;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one catalog and one payload store, as far as their spools go. */
class SharedSpoolTest {
    private static final NodeName OTHER = new NodeName("other");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder = Path.of("");

    private final InMemorySessionCatalog catalog = new InMemorySessionCatalog();
    private final Refusing payloads = new Refusing();

    /** Refuses everything while it is told to. */
    private static final class Refusing implements PayloadStore {
        private final InMemoryPayloadStore store = new InMemoryPayloadStore();
        private volatile boolean refuses;

        @Override
        public void put(String key, InputStream bytes, long length, String sha256) {
            if (refuses) {
                throw new StorageException("it is too large");
            }
            store.put(key, bytes, length, sha256);
        }

        @Override
        public InputStream read(String key, long offset, long length) {
            return store.read(key, offset, length);
        }

        @Override
        public OptionalLong length(String key) {
            return store.length(key);
        }

        @Override
        public List<String> list(String prefix, String after, int limit) {
            return store.list(prefix, after, limit);
        }

        @Override
        public void delete(String key) {
            store.delete(key);
        }
    }

    private SpoolStorage open(NodeName name) {
        return SpoolStorage.open(
                SpoolSettings.at(folder.resolve(name.value())), catalog, payloads, name, Instant::now, new Random(1));
    }

    private static SessionId record(SpoolStorage storage, long number) {
        Exchange exchange = Exchanges.of(number, "payments", Exchanges.NOON, Durability.STRICT);
        SessionId id = exchange.session().id();
        Flight flight = storage.spool().begin(id, exchange.session().service(), "POST", Durability.STRICT);
        storage.spool().complete(exchange, flight).await(Duration.ofSeconds(10));
        return id;
    }

    @Test
    void namesTheNodeThatHasASessionStill() {
        try (SpoolStorage here = open(Exchanges.NODE);
                SpoolStorage there = open(OTHER)) {
            SessionId id = record(here, 1);
            Awaitility.await().until(() -> catalog.find(id).isPresent());

            StorageException refusal = catchThrowableOfType(
                    StorageException.class, () -> there.archive().find(id));

            assertThat(refusal.elsewhere())
                    .isEqualTo(new StorageException.Elsewhere(Exchanges.NODE, Duration.ofHours(1)));
            assertThat(here.archive().find(id)).isPresent();
        }
    }

    @Test
    void readsASessionOfAnotherNodeOnceItIsSealed() {
        try (SpoolStorage here = open(Exchanges.NODE);
                SpoolStorage there = open(OTHER)) {
            SessionId id = record(here, 1);
            here.sealNow();

            assertThat(there.archive().find(id)).isEqualTo(here.archive().find(id));
            assertThat(there.archive().find(id)).isPresent();
        }
    }

    @Test
    void drainsWhatIsThereAndTellsHowFarItIs() {
        var told = new ArrayList<Long>();
        try (SpoolStorage storage = open(Exchanges.NODE)) {
            SessionId id = record(storage, 1);

            assertThat(storage.drain(PATIENCE, told::add)).isEmpty();

            assertThat(Optional.of(catalog.find(id).orElseThrow().location().container()))
                    .get()
                    .asString()
                    .endsWith(".warc.zst");
            assertThat(storage.drain(PATIENCE, told::add)).isEmpty();
        }
        assertThat(told.getLast()).isLessThanOrEqualTo(FileHeader.LENGTH);
    }

    @Test
    void namesWhatCannotBeStoredAndKeepsIt() {
        payloads.refuses = true;
        try (SpoolStorage storage = open(Exchanges.NODE)) {
            SessionId id = record(storage, 1);

            List<LeftFile> left = storage.drain(Duration.ofSeconds(2), _ -> {});

            assertThat(left).singleElement().satisfies(file -> {
                assertThat(file.name()).isEqualTo("0000000001.spool");
                assertThat(file.bytes()).isPositive();
                assertThat(file.reason()).contains("too large");
            });
            assertThat(storage.archive().find(id)).isPresent();
        }
        payloads.refuses = false;

        try (SpoolStorage again = open(Exchanges.NODE)) {
            assertThat(again.drain(PATIENCE, _ -> {})).isEmpty();
        }
    }
}
