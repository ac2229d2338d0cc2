// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import dev.hansard.ports.session.PayloadLocks;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.session.StorageException.Locked;
import dev.hansard.ports.session.TimeWitness;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.storage.s3.Failure.Kind;
import dev.hansard.storage.s3.Requests.Outcome;
import io.minio.HeadObjectArgs;
import io.minio.HeadObjectResponse;
import io.minio.MinioAsyncClient;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each object under its key, behind the prefix of the deployment.
 *
 * <p>S3 overwrites without asking, and the condition that would forbid it ({@code If-None-Match}) is ignored by many
 * servers. So an object is looked for first, written, and then verified: by the ETag where that is the MD5 of what was
 * sent, else by reading it back. In one process a key has one writer at a time. Two nodes could still overwrite one
 * another's object, but since our keys come from the content, only with the same bytes.
 */
final class S3PayloadStore implements PayloadStore {
    private static final int STRIPES = 64;

    private final MinioAsyncClient client;
    private final Requests requests;
    private final S3Settings settings;
    private final Bucket bucket;
    private final Ranges ranges;
    private final List<ReentrantLock> writing =
            IntStream.range(0, STRIPES).mapToObj(_ -> new ReentrantLock()).toList();

    S3PayloadStore(MinioAsyncClient client, Requests requests, S3Settings settings) {
        this.client = client;
        this.requests = requests;
        this.settings = settings;
        bucket = new Bucket(client, requests, settings);
        ranges = new Ranges(client, requests, settings);
    }

    Bucket bucket() {
        return bucket;
    }

    @Override
    public void put(String key, InputStream bytes, long length, String sha256) {
        put(key, bytes, length, sha256, null);
    }

    /** The answer is whether it was stored now, and not before. */
    boolean put(String key, InputStream bytes, long length, String sha256, @Nullable Instant until) {
        String object = object(key);
        if (length < 0) {
            throw new IllegalArgumentException("length of payload '" + key + "' must not be negative: " + length);
        }
        ReentrantLock lock = writing.get(Math.floorMod(key.hashCode(), STRIPES));
        lock.lock();
        try {
            HeadObjectResponse there = head(object);
            if (there != null) {
                requireSame(key, there.size(), length, sha256);
                return false;
            }
            var pieces =
                    new Pieces(key, bytes, length, sha256, settings.limits().partBytes());
            String etag = new Upload(client, requests, settings, object, sha256, until).send(pieces);
            verify(key, etag, length, sha256);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void requireSame(String key, long size, long length, String sha256) {
        if (size != length || !stored(key, length).equals(sha256)) {
            throw new StorageException("payload '" + key + "' is there already with other bytes; it is left as it is");
        }
    }

    private void verify(String key, String etag, long length, String sha256) {
        HeadObjectResponse there = head(object(key));
        if (there == null) {
            throw StorageException.outage(
                    "payload '" + key + "' was stored, but " + settings.name() + " does not know it yet", null);
        }
        boolean sameTag = there.etag() != null && there.etag().replace("\"", "").equals(etag);
        if (there.size() == length && (sameTag || stored(key, length).equals(sha256))) {
            return;
        }
        // What we wrote is of no use, and would keep the right bytes out for ever.
        delete(key);
        throw new StorageException("payload '" + key + "' came out of " + settings.name()
                + " with other bytes than went in; it was removed there");
    }

    private String stored(String key, long length) {
        try (InputStream bytes = read(key, 0, length)) {
            return Digests.sha256Of(bytes);
        } catch (IOException e) {
            throw StorageException.outage("payload '" + key + "' could not be read back: " + e, e);
        }
    }

    @Override
    public InputStream read(String key, long offset, long length) {
        String object = object(key);
        if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
            throw Ranges.outside(key, offset, length);
        }
        if (length > 0) {
            return ranges.open(key, object, offset, length);
        }
        // S3 has no range of no bytes.
        if (length(key).orElseThrow(() -> absent(key)) < offset) {
            throw Ranges.outside(key, offset, length);
        }
        return InputStream.nullInputStream();
    }

    @Override
    public OptionalLong length(String key) {
        HeadObjectResponse there = head(object(key));
        return there == null ? OptionalLong.empty() : OptionalLong.of(there.size());
    }

    private @Nullable HeadObjectResponse head(String object) {
        var args = HeadObjectArgs.builder()
                .bucket(settings.bucket())
                .object(object)
                .build();
        Outcome<HeadObjectResponse> outcome = requests.send(object, () -> client.headObject(args));
        if (outcome instanceof Outcome.Failed<HeadObjectResponse>(Failure failure) && failure.kind() == Kind.ABSENT) {
            return null;
        }
        return outcome.orThrow("'" + object + "' could not be looked at");
    }

    @Override
    public List<String> list(String prefix, String after, int limit) {
        if (limit < 1 || limit > MAX_LIST) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIST + ", but is " + limit);
        }
        return canBegin(prefix) ? bucket.list(prefix, after, limit) : List.of();
    }

    private static boolean canBegin(String prefix) {
        try {
            PayloadStore.requireKey(prefix + "x");
            return true;
        } catch (InvalidValueException _) {
            return false;
        }
    }

    @Override
    public void delete(String key) {
        try {
            bucket.delete(object(key));
        } catch (StorageException e) {
            throw settings.objectLock() == ObjectLock.NONE ? e : refused(key, e);
        }
    }

    /** Servers have several words for a refusal because of a lock, and the same for others: so the lock is asked. */
    private StorageException refused(String key, StorageException failure) {
        var locks = new Locks(client, requests, settings, this);
        try {
            if (locks.isHeld(key)) {
                return StorageException.locked(
                        "payload '" + key + "' is under a legal hold of the server", new Locked(null));
            }
            Instant until = locks.retainedUntil(key).orElse(Instant.MIN);
            return until.isAfter(new ServerClock(client, requests, settings).now())
                    ? StorageException.locked("payload '" + key + "' is locked until " + until, new Locked(until))
                    : failure;
        } catch (StorageException _) {
            return failure;
        }
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public Optional<TimeWitness> clock() {
        return Optional.of(new ServerClock(client, requests, settings));
    }

    @Override
    public Optional<PayloadLocks> locks() {
        return settings.objectLock() == ObjectLock.NONE
                ? Optional.empty()
                : Optional.of(new Locks(client, requests, settings, this));
    }

    String object(String key) {
        return settings.prefix() + PayloadStore.requireKey(key);
    }

    static StorageException absent(String key) {
        return new StorageException("payload '" + key + "' does not exist");
    }
}
