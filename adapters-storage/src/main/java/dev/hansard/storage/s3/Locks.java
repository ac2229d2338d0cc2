// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import dev.hansard.ports.session.PayloadLocks;
import dev.hansard.storage.s3.Failure.Kind;
import dev.hansard.storage.s3.Requests.Outcome;
import io.minio.DisableObjectLegalHoldArgs;
import io.minio.EnableObjectLegalHoldArgs;
import io.minio.GetObjectRetentionArgs;
import io.minio.IsObjectLegalHoldEnabledArgs;
import io.minio.MinioAsyncClient;
import io.minio.SetObjectRetentionArgs;
import io.minio.messages.Retention;
import io.minio.messages.RetentionMode;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Retention and legal hold as the server's object lock has them. */
final class Locks implements PayloadLocks {
    /** Words of AWS and MinIO, and of Ceph, for an object without a lock. */
    private static final Set<String> NO_LOCK =
            Set.of("NoSuchObjectLockConfiguration", "ObjectLockConfigurationNotFoundError");

    private final MinioAsyncClient client;
    private final Requests requests;
    private final S3Settings settings;
    private final S3PayloadStore store;

    Locks(MinioAsyncClient client, Requests requests, S3Settings settings, S3PayloadStore store) {
        this.client = client;
        this.requests = requests;
        this.settings = settings;
        this.store = store;
    }

    /** S3 knows no fractions; rounding down would keep an object too short. */
    static Instant wholeSecond(Instant time) {
        Instant down = time.truncatedTo(ChronoUnit.SECONDS);
        return down.equals(time) ? down : down.plusSeconds(1);
    }

    @Override
    public void put(String key, InputStream bytes, long length, String sha256, Instant until) {
        if (!store.put(key, bytes, length, sha256, until)) {
            retainUntil(key, until);
        }
    }

    @Override
    public void retainUntil(String key, Instant until) {
        Instant end = wholeSecond(until);
        Optional<Instant> before = retainedUntil(key);
        if (before.isPresent() && !before.get().isBefore(end)) {
            return;
        }
        var mode = settings.objectLock() == ObjectLock.COMPLIANCE ? RetentionMode.COMPLIANCE : RetentionMode.GOVERNANCE;
        var args = SetObjectRetentionArgs.builder()
                .bucket(settings.bucket())
                .object(store.object(key))
                .config(new Retention(mode, end.atZone(ZoneOffset.UTC)))
                .build();
        answer(key, "could not be retained", requests.send(key, () -> client.setObjectRetention(args)));
    }

    @Override
    public Optional<Instant> retainedUntil(String key) {
        var args = GetObjectRetentionArgs.builder()
                .bucket(settings.bucket())
                .object(store.object(key))
                .build();
        Retention retention = answer(
                key, "has a retention that cannot be read", requests.send(key, () -> client.getObjectRetention(args)));
        return retention == null || retention.retainUntilDate() == null
                ? Optional.empty()
                : Optional.of(retention.retainUntilDate().toInstant());
    }

    @Override
    public void hold(String key, boolean held) {
        String object = store.object(key);
        if (held) {
            var args = EnableObjectLegalHoldArgs.builder()
                    .bucket(settings.bucket())
                    .object(object)
                    .build();
            answer(key, "could not be held", requests.send(key, () -> client.enableObjectLegalHold(args)));
        } else {
            var args = DisableObjectLegalHoldArgs.builder()
                    .bucket(settings.bucket())
                    .object(object)
                    .build();
            answer(key, "could not be let go", requests.send(key, () -> client.disableObjectLegalHold(args)));
        }
    }

    @Override
    public boolean isHeld(String key) {
        var args = IsObjectLegalHoldEnabledArgs.builder()
                .bucket(settings.bucket())
                .object(store.object(key))
                .build();
        Boolean held = answer(
                key, "has a hold that cannot be read", requests.send(key, () -> client.isObjectLegalHoldEnabled(args)));
        return Boolean.TRUE.equals(held);
    }

    private static <T> @Nullable T answer(String key, String what, Outcome<T> outcome) {
        if (outcome instanceof Outcome.Failed<T>(Failure failure)) {
            if (NO_LOCK.contains(failure.code())) {
                return null;
            }
            if (failure.kind() == Kind.ABSENT) {
                throw S3PayloadStore.absent(key);
            }
        }
        return outcome.orThrow("payload '" + key + "' " + what);
    }
}
