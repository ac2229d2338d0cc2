// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link PayloadLocks} must do. Run it for an adapter by implementing {@link #openWithLocks}. */
public interface PayloadLocksContract {
    String LOCKED = "payments/default/2026/11/23/14/locked.warc.zst";

    /** Opens a store that has locks; each folder is another store. */
    PayloadStore openWithLocks(Path folder);

    /** Short enough that nothing is left for long in a store that outlives the test. */
    private static Instant soon() {
        return Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
    }

    @Test
    default void keepsAHeldObjectUntilItIsLetGo(@TempDir Path folder) throws IOException {
        try (PayloadStore store = openWithLocks(folder)) {
            PayloadLocks locks = store.locks().orElseThrow();
            PayloadStoreContract.put(store, LOCKED, new byte[] {1, 2, 3});

            locks.hold(LOCKED, true);
            locks.hold(LOCKED, true);

            assertThat(locks.isHeld(LOCKED)).isTrue();
            assertThatThrownBy(() -> store.delete(LOCKED)).isInstanceOf(StorageException.class);
            assertThat(PayloadStoreContract.read(store, LOCKED, 0, 3)).containsExactly(1, 2, 3);
            locks.hold(LOCKED, false);
            assertThat(locks.isHeld(LOCKED)).isFalse();
            store.delete(LOCKED);
            assertThat(store.length(LOCKED)).isEmpty();
        }
    }

    @Test
    default void keepsAnObjectAsLongAsItIsRetained(@TempDir Path folder) {
        try (PayloadStore store = openWithLocks(folder)) {
            PayloadLocks locks = store.locks().orElseThrow();
            PayloadStoreContract.put(store, LOCKED, new byte[3]);
            assertThat(locks.retainedUntil(LOCKED)).isEmpty();
            Instant end = soon();

            locks.retainUntil(LOCKED, end);

            assertThat(locks.retainedUntil(LOCKED)).contains(end);
            assertThatThrownBy(() -> store.delete(LOCKED)).isInstanceOf(StorageException.class);
            assertThat(store.length(LOCKED)).hasValue(3);
        }
    }

    @Test
    default void lengthensARetentionButDoesNotShortenIt(@TempDir Path folder) {
        try (PayloadStore store = openWithLocks(folder)) {
            PayloadLocks locks = store.locks().orElseThrow();
            PayloadStoreContract.put(store, LOCKED, new byte[3]);
            Instant end = soon();

            locks.retainUntil(LOCKED, end);
            locks.retainUntil(LOCKED, end.minusSeconds(30));
            assertThat(locks.retainedUntil(LOCKED)).contains(end);
            locks.retainUntil(LOCKED, end.plusMillis(1));

            assertThat(locks.retainedUntil(LOCKED)).contains(end.plusSeconds(1));
        }
    }

    @Test
    default void retainsFromTheFirstMomentOn(@TempDir Path folder) throws IOException {
        try (PayloadStore store = openWithLocks(folder)) {
            PayloadLocks locks = store.locks().orElseThrow();
            byte[] content = PayloadStoreContract.bytes(1000);
            String sha256 = PayloadStoreContract.sha256(content);
            Instant end = soon();

            locks.put(LOCKED, new ByteArrayInputStream(content), content.length, sha256, end);
            assertThat(locks.retainedUntil(LOCKED)).contains(end);
            locks.put(LOCKED, new ByteArrayInputStream(content), content.length, sha256, end.plusSeconds(5));

            assertThat(locks.retainedUntil(LOCKED)).contains(end.plusSeconds(5));
            assertThat(PayloadStoreContract.read(store, LOCKED, 0, 1000)).isEqualTo(content);
        }
    }

    @Test
    default void locksNothingThatIsNotThere(@TempDir Path folder) {
        try (PayloadStore store = openWithLocks(folder)) {
            PayloadLocks locks = store.locks().orElseThrow();

            assertThatThrownBy(() -> locks.hold(LOCKED, true)).isInstanceOf(StorageException.class);
            assertThatThrownBy(() -> locks.isHeld(LOCKED)).isInstanceOf(StorageException.class);
            assertThatThrownBy(() -> locks.retainUntil(LOCKED, soon())).isInstanceOf(StorageException.class);
            assertThatThrownBy(() -> locks.retainedUntil(LOCKED)).isInstanceOf(StorageException.class);
        }
    }
}
