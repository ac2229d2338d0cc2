// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.PayloadStoreContract;
import dev.hansard.ports.session.S3Proxy;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "dev.hansard.ports.session.S3Proxy#isThere", disabledReason = "Maven has not got s3proxy")
class S3PayloadsTest {
    private static final int LONG = 2 * S3Limits.MIN_PART + 1000;

    private final String prefix = UUID.randomUUID() + "/";
    private final S3Settings settings = Stores.settings(S3Proxy.running().endpoint(), prefix);

    private static S3Settings with(S3Settings settings, String bucket, String secret, ObjectLock lock) {
        return new S3Settings(
                settings.endpoint(),
                settings.region(),
                bucket,
                settings.prefix(),
                settings.accessKey(),
                Secret.of(secret),
                lock,
                settings.limits());
    }

    @Test
    void sendsALongObjectInPieces() throws Exception {
        byte[] content = PayloadStoreContract.bytes(LONG);
        try (PayloadStore store = Stores.open(settings)) {
            PayloadStoreContract.put(store, "a/long", content);
            PayloadStoreContract.put(store, "a/long", content);

            assertThat(PayloadStoreContract.read(store, "a/long", 0, LONG)).isEqualTo(content);
            assertThat(store.length("a/long")).hasValue(LONG);
        }
    }

    @Test
    void storesNothingOfALongObjectThatIsNotAsPromised() {
        byte[] content = PayloadStoreContract.bytes(LONG);
        try (PayloadStore store = Stores.open(settings)) {
            assertThatThrownBy(() -> store.put("a/long", new ByteArrayInputStream(content), LONG, "0".repeat(64)))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("does not have the SHA-256 that was promised");

            assertThat(store.length("a/long")).isEmpty();
            assertThat(store.list("", "", 10)).isEmpty();
        }
    }

    @Test
    void keepsDeploymentsOfOneBucketApart() {
        S3Settings other = Stores.settings(settings.endpoint(), UUID.randomUUID() + "/");
        try (PayloadStore store = Stores.open(settings);
                PayloadStore neighbour = Stores.open(other)) {
            PayloadStoreContract.put(store, "a/b", new byte[3]);

            assertThat(neighbour.list("", "", 10)).isEmpty();
            assertThat(neighbour.length("a/b")).isEmpty();
            assertThat(store.list("", "", 10)).containsExactly("a/b");
        }
    }

    @Test
    void passesOverWhatOthersPutIntoTheBucket() throws Exception {
        try (PayloadStore store = Stores.open(settings)) {
            PayloadStoreContract.put(store, "a/b", new byte[3]);
            Path stranger = S3Proxy.running().file(Stores.BUCKET, prefix + "a/not ours");
            Files.write(stranger, new byte[1]);

            assertThat(store.list("", "", 10)).containsExactly("a/b");
        }
    }

    @Test
    void refusesABucketThatIsNotThere() {
        assertThatThrownBy(() -> Stores.open(with(settings, "missing", S3Proxy.SECRET_KEY, ObjectLock.NONE)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("bucket 'missing' at")
                .hasMessageContaining("make the bucket, or correct storage.payloads.bucket");
    }

    @Test
    void refusesWrongKeysWithoutSayingThem() {
        assertThatThrownBy(() -> Stores.open(with(settings, Stores.BUCKET, "not-the-secret", ObjectLock.NONE)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("payload store cannot be used")
                .hasMessageNotContaining("not-the-secret")
                .hasMessageNotContaining(S3Proxy.ACCESS_KEY)
                .hasNoCause();
    }

    @Test
    void refusesABucketWithoutTheLockThatIsWanted() {
        assertThatThrownBy(() -> Stores.open(with(settings, Stores.BUCKET, S3Proxy.SECRET_KEY, ObjectLock.COMPLIANCE)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("storage.payloads.object-lock is compliance, but bucket 'hansard'")
                .hasMessageContaining("has no object lock");
    }

    @Test
    void tellsTheTimeOfTheServer() {
        try (PayloadStore store = Stores.open(settings)) {
            assertThat(store.clock().orElseThrow().now()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        }
    }

    @Test
    void hasNoLocksWhereNoneAreWanted() {
        try (PayloadStore store = Stores.open(settings)) {
            assertThat(store.locks()).isEmpty();
        }
    }

    @Test
    void refusesSettingsThatCannotBe() {
        for (String endpoint : List.of("ftp://h", "http://u:p@h", "http://h/path", "http://h?x", "http:x")) {
            assertThatThrownBy(() -> Stores.settings(URI.create(endpoint), ""))
                    .as(endpoint)
                    .isInstanceOf(InvalidValueException.class);
        }
        for (String bad : List.of("no-slash", "/x/", "a//b/", "../", "a b/")) {
            assertThatThrownBy(() -> Stores.settings(settings.endpoint(), bad))
                    .as(bad)
                    .isInstanceOf(InvalidValueException.class);
        }
    }
}
