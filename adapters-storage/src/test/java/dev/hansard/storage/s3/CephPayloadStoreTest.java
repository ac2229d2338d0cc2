// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.session.PayloadLocks;
import dev.hansard.ports.session.PayloadLocksContract;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.PayloadStoreContract;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.Secret;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Against the S3 gateway of Ceph, which keeps versions and enforces locks; {@code .ci/ceph} starts it. */
@EnabledIfEnvironmentVariable(named = "CEPH_S3", matches = "http.*", disabledReason = "run it with .ci/ceph")
class CephPayloadStoreTest implements PayloadStoreContract, PayloadLocksContract {
    private static final String KEY = "a/locked";
    private static final String BUCKET = "locked-" + UUID.randomUUID();
    private static final String PLAIN = "plain-" + UUID.randomUUID();
    private static final URI ENDPOINT = URI.create(System.getenv().getOrDefault("CEPH_S3", "http://127.0.0.1:1"));
    private static final String ACCESS_KEY = "testkey";
    private static final String SECRET_KEY = "testsecret123";

    private static final class Client {
        private static final MinioClient ONE = MinioClient.builder()
                .endpoint(ENDPOINT.toString())
                .region("default")
                .credentials(ACCESS_KEY, SECRET_KEY)
                .build();
    }

    @BeforeAll
    static void makeBuckets() throws Exception {
        Client.ONE.makeBucket(
                MakeBucketArgs.builder().bucket(BUCKET).objectLock(true).build());
        Client.ONE.makeBucket(MakeBucketArgs.builder().bucket(PLAIN).build());
    }

    @AfterAll
    static void close() throws Exception {
        Client.ONE.close();
    }

    private static PayloadStore store(Path folder, String bucket, ObjectLock lock) {
        var settings = new S3Settings(
                ENDPOINT,
                "default",
                bucket,
                Objects.requireNonNull(folder.getFileName()) + "/",
                Secret.of(ACCESS_KEY),
                Secret.of(SECRET_KEY),
                lock,
                S3Limits.USUAL);
        return S3Payloads.open(settings, System::nanoTime, new SplittableRandom(1));
    }

    @Override
    public PayloadStore open(Path folder) {
        return store(folder, BUCKET, ObjectLock.GOVERNANCE);
    }

    @Override
    public PayloadStore openWithLocks(Path folder) {
        return open(folder);
    }

    @Test
    void givesBackWhatWasPutIntoABucketWithoutVersions(@TempDir Path folder) throws Exception {
        byte[] content = PayloadStoreContract.bytes(2 * S3Limits.USUAL.partBytes() + 17);
        try (PayloadStore store = store(folder, PLAIN, ObjectLock.NONE)) {
            PayloadStoreContract.put(store, KEY, content);

            assertThat(PayloadStoreContract.read(store, KEY, 0, content.length)).isEqualTo(content);
            store.delete(KEY);
            assertThat(store.length(KEY)).isEmpty();
        }
    }

    @Test
    void refusesABucketWithoutTheLockThatIsWanted(@TempDir Path folder) {
        assertThatThrownBy(() -> store(folder, PLAIN, ObjectLock.GOVERNANCE))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("has no object lock");
    }

    @Test
    void namesTheLockThatKeepsAnObject(@TempDir Path folder) {
        Instant end = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
        try (PayloadStore store = open(folder)) {
            PayloadLocks locks = store.locks().orElseThrow();
            PayloadStoreContract.put(store, KEY, new byte[3]);
            locks.retainUntil(KEY, end);
            PayloadStoreContract.put(store, "a/held", new byte[3]);
            locks.hold("a/held", true);

            assertThatThrownBy(() -> store.delete(KEY))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            e -> assertThat(e.reason()).isEqualTo(new StorageException.Locked(end)));
            assertThatThrownBy(() -> store.delete("a/held"))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            e -> assertThat(e.reason()).isEqualTo(new StorageException.Locked(null)));
            locks.hold("a/held", false);
            store.delete("a/held");
            assertThat(store.clock().orElseThrow().now()).isBefore(end);
        }
    }

    @Test
    void leavesNoVersionOfAnObjectThatIsDeleted(@TempDir Path folder) {
        try (PayloadStore store = open(folder)) {
            PayloadStoreContract.put(store, KEY, new byte[3]);

            store.delete(KEY);

            PayloadLocks locks = store.locks().orElseThrow();
            assertThat(store.length(KEY)).isEmpty();
            assertThatThrownBy(() -> locks.isHeld(KEY)).isInstanceOf(StorageException.class);
        }
    }
}
