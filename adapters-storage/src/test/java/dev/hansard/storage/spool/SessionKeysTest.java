// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.crypt.InMemoryKeyWrapper;
import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.SessionId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a key for each session, one that is erased cannot be read from any copy of its segment. */
@Timeout(60)
class SessionKeysTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final NodeName SECOND = new NodeName("node-b");
    private static final int COUNT = 12;

    private final InMemorySessionCatalog catalog = new InMemorySessionCatalog();
    private final InMemoryPayloadStore payloads = new InMemoryPayloadStore();
    private final InMemoryKeyWrapper wrapper = new InMemoryKeyWrapper();

    @TempDir
    private Path folder;

    @TempDir
    private Path other;

    private SpoolStorage open(Path at, NodeName node) {
        return SpoolStorage.open(
                SpoolSettings.at(at),
                new SpoolStores(catalog, payloads).encryptingBy(wrapper).withKeysOfSessions(true),
                node,
                InstantSource.fixed(Exchanges.NOON),
                new SecureRandom());
    }

    private static Segment sealed(SpoolStorage storage) {
        for (int i = 0; i < COUNT; i++) {
            var exchange = Exchanges.of(i);
            Session session = exchange.session();
            var flight = storage.spool().begin(session.id(), session.service(), "POST", session.durability());
            storage.spool().complete(exchange, flight).await(LIMIT);
        }
        storage.sealNow();
        return storage.segments().list("").segments().getFirst();
    }

    private static void erase(SpoolStorage storage, SessionId id) {
        Segment segment = storage.segments().list("").segments().getFirst();
        assertThat(storage.segments().hasOwnKey(segment, id)).isTrue();
        storage.segments().shred(segment, id);
    }

    private List<String> keys() {
        return payloads.list("", "", 1000).stream()
                .filter(key -> key.endsWith(".dek"))
                .toList();
    }

    private byte[] bytes(String key) throws IOException {
        try (InputStream in = payloads.read(key, 0, payloads.length(key).orElseThrow())) {
            return in.readAllBytes();
        }
    }

    private void put(String key, byte[] bytes) throws Exception {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        payloads.put(key, new ByteArrayInputStream(bytes), bytes.length, sha256);
    }

    private static void assertReadableButFor(SpoolStorage storage, int... gone) {
        for (int i = 0; i < COUNT; i++) {
            int number = i;
            if (Arrays.stream(gone).anyMatch(it -> it == number)) {
                assertThatThrownBy(() -> storage.archive().find(Exchanges.id(number)))
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("the key of this session was destroyed, when it was erased");
            } else {
                assertThat(storage.archive().find(Exchanges.id(i)))
                        .contains(Exchanges.of(i).session());
            }
        }
    }

    @Test
    void changesNoByteOfTheSegmentAndLeavesTheOthersReadable() throws IOException {
        try (SpoolStorage storage = open(folder, Exchanges.NODE)) {
            Segment segment = sealed(storage);
            byte[] before = bytes(segment.key());

            erase(storage, Exchanges.id(5));
            erase(storage, Exchanges.id(5));

            assertThat(bytes(segment.key())).isEqualTo(before);
            assertReadableButFor(storage, 5);
            erase(storage, Exchanges.id(0));
            assertReadableButFor(storage, 0, 5);
            assertThat(keys()).hasSize(1);
        }
        try (SpoolStorage storage = open(folder, Exchanges.NODE)) {
            assertReadableButFor(storage, 0, 5);
        }
    }

    @Test
    void makesACopyOfTheSegmentUnreadableToo() throws Exception {
        String key;
        byte[] copy;
        try (SpoolStorage storage = open(folder, Exchanges.NODE)) {
            Segment segment = sealed(storage);
            key = segment.key();
            copy = bytes(key);
            erase(storage, Exchanges.id(5));
            storage.segments().remove(segment, id -> !id.equals(Exchanges.id(5)));
        }

        // Somebody puts the copy back.
        put(key, copy);
        try (SpoolStorage storage = open(other, SECOND)) {
            storage.rebuildCatalog();

            assertReadableButFor(storage, 5);
        }
    }

    @Test
    void holdsOnANodeThatHasTheKeyOnItsDisk() {
        try (SpoolStorage first = open(folder, Exchanges.NODE);
                SpoolStorage second = open(other, SECOND)) {
            sealed(first);
            assertReadableButFor(second);

            erase(second, Exchanges.id(3));

            assertReadableButFor(second, 3);
        }
        // It starts anew, with the whole key on its disk still.
        try (SpoolStorage first = open(folder, Exchanges.NODE)) {
            assertReadableButFor(first, 3);
            erase(first, Exchanges.id(4));
            first.sealNow();
            assertReadableButFor(first, 3, 4);
            assertThat(keys()).hasSize(1);
        }
    }

    @Test
    void goesOnRecordingUnderAnotherKey() throws IOException {
        try (SpoolStorage storage = open(folder, Exchanges.NODE)) {
            sealed(storage);
            erase(storage, Exchanges.id(5));

            var next = Exchanges.of(COUNT);
            var flight = storage.spool()
                    .begin(
                            next.session().id(),
                            next.session().service(),
                            "POST",
                            next.session().durability());
            storage.spool().complete(next, flight).await(LIMIT);
            storage.sealNow();

            assertThat(storage.archive().find(Exchanges.id(COUNT))).contains(next.session());
            assertThat(keys()).hasSize(2);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".dek"))).hasSize(2);
        }
    }

    @Test
    void staysDestroyedWhenKeysAreWrappedAnew() {
        try (SpoolStorage storage = open(folder, Exchanges.NODE)) {
            sealed(storage);
            erase(storage, Exchanges.id(5));
        }
        wrapper.rotate();

        SpoolStorage.rotateKeys(folder, payloads, wrapper);

        try (SpoolStorage storage = open(folder, Exchanges.NODE)) {
            assertReadableButFor(storage, 5);
        }
    }
}
