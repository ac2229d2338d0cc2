// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.storage.s3.Failure.Kind;
import dev.hansard.storage.s3.Requests.Outcome;
import io.minio.GetBucketVersioningArgs;
import io.minio.GetObjectLockConfigurationArgs;
import io.minio.HeadBucketArgs;
import io.minio.ListObjectVersionsArgs;
import io.minio.ListObjectsV2Args;
import io.minio.MinioAsyncClient;
import io.minio.RemoveObjectArgs;
import io.minio.messages.Contents;
import io.minio.messages.ListVersionsResult;
import io.minio.messages.VersioningConfiguration;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What concerns the bucket and not one object: whether it can be used, what is in it, and removal from it. */
final class Bucket {
    private static final Logger LOG = System.getLogger(Bucket.class.getName());

    private final MinioAsyncClient client;
    private final Requests requests;
    private final S3Settings settings;
    private volatile @Nullable Boolean keepsVersions;

    Bucket(MinioAsyncClient client, Requests requests, S3Settings settings) {
        this.client = client;
        this.requests = requests;
        this.settings = settings;
    }

    /**
     * Refuses what only people can put right. A server that is down is no reason not to start: the spool waits for it.
     *
     * @throws StorageException when there is no such bucket, it lets us not in, or lacks the lock that it is to have
     */
    void check() {
        try {
            var args = HeadBucketArgs.builder().bucket(settings.bucket()).build();
            switch (requests.send("check", () -> client.headBucket(args))) {
                case Outcome.Done<?> _ -> {
                    keepsVersions();
                    checkLock();
                }
                case Outcome.Failed<?>(Failure failure)
                when failure.kind() == Kind.PASSING ->
                    warn(String.valueOf(failure.toException("payload store cannot be reached")
                            .getMessage()));
                case Outcome.Failed<?>(Failure failure)
                when failure.kind() == Kind.ABSENT ->
                    throw new StorageException("payload store cannot be used: there is no " + settings.name()
                            + "; make the bucket, or correct storage.payloads.bucket");
                case Outcome.Failed<?>(Failure failure) -> throw failure.toException("payload store cannot be used");
            }
        } catch (StorageException e) {
            if (e.getCause() == null) {
                throw e;
            }
            warn(String.valueOf(e.getMessage()));
        }
    }

    private static void warn(String message) {
        LOG.log(Level.WARNING, "{0}; sessions stay in the spool until it can", message);
    }

    private void checkLock() {
        if (settings.objectLock() == ObjectLock.NONE) {
            return;
        }
        var args = GetObjectLockConfigurationArgs.builder()
                .bucket(settings.bucket())
                .build();
        if (requests.send("lock", () -> client.getObjectLockConfiguration(args))
                        instanceof Outcome.Failed<?>(Failure failure)
                && failure.kind() != Kind.PASSING) {
            throw new StorageException("storage.payloads.object-lock is "
                    + settings.objectLock().name().toLowerCase(Locale.ROOT) + ", but " + settings.name()
                    + " has no object lock (" + failure.text()
                    + "); make a bucket with object lock, for it cannot be added on most servers, or write none");
        }
    }

    /** Whether removal only hides an object unless its version is named. */
    private boolean keepsVersions() {
        Boolean known = keepsVersions;
        if (known != null) {
            return known;
        }
        var args = GetBucketVersioningArgs.builder().bucket(settings.bucket()).build();
        return switch (requests.send("versioning", () -> client.getBucketVersioning(args))) {
            case Outcome.Done<VersioningConfiguration>(var answer) -> {
                boolean keeps = answer.status() != VersioningConfiguration.Status.OFF;
                keepsVersions = keeps;
                yield keeps;
            }
            case Outcome.Failed<VersioningConfiguration>(Failure failure) -> {
                if (failure.kind() != Kind.PASSING) {
                    LOG.log(
                            Level.INFO,
                            "{0} does not say whether it keeps versions ({1}); taken as no",
                            settings.name(),
                            failure.text());
                    keepsVersions = false;
                }
                yield false;
            }
        };
    }

    List<String> list(String prefix, String after, int limit) {
        var found = new ArrayList<String>();
        String from = after;
        boolean more = true;
        while (more && found.size() < limit) {
            List<Contents> page = page(prefix, from, limit);
            for (Contents item : page) {
                String key = item.objectName().substring(settings.prefix().length());
                if (key.compareTo(after) > 0 && key.startsWith(prefix) && isKey(key) && found.size() < limit) {
                    found.add(key);
                }
                from = key;
            }
            more = page.size() == limit;
        }
        return List.copyOf(found);
    }

    private List<Contents> page(String prefix, String after, int limit) {
        var args = ListObjectsV2Args.builder()
                .bucket(settings.bucket())
                .prefix(settings.prefix() + prefix)
                .maxKeys(limit);
        if (!after.isEmpty()) {
            args.startAfter(settings.prefix() + after);
        }
        var built = args.build();
        return requests.send("list", () -> client.listObjectsV2(built))
                .orThrow("payloads that start with '" + prefix + "' could not be listed")
                .result()
                .contents();
    }

    /** What others put into the bucket is not ours. */
    private static boolean isKey(String key) {
        try {
            PayloadStore.requireKey(key);
            return true;
        } catch (InvalidValueException _) {
            return false;
        }
    }

    void delete(String object) {
        if (keepsVersions()) {
            versions(object).forEach(version -> remove(object, version));
        } else {
            remove(object, null);
        }
    }

    private List<String> versions(String object) {
        var args = ListObjectVersionsArgs.builder()
                .bucket(settings.bucket())
                .prefix(object)
                .build();
        ListVersionsResult found = requests.send("versions", () -> client.listObjectVersions(args))
                .orThrow("versions of '" + object + "' could not be listed")
                .result();
        var ids = new ArrayList<String>();
        found.contents().stream()
                .filter(item -> item.objectName().equals(object))
                .forEach(item -> ids.add(item.versionId()));
        return ids;
    }

    private void remove(String object, @Nullable String version) {
        var args = RemoveObjectArgs.builder().bucket(settings.bucket()).object(object);
        if (version != null) {
            args.versionId(version);
        }
        var built = args.build();
        Outcome<?> outcome = requests.send("remove", () -> client.removeObject(built));
        if (outcome instanceof Outcome.Failed<?>(Failure failure) && failure.kind() == Kind.ABSENT) {
            return;
        }
        outcome.orThrow("'" + object + "' could not be removed");
    }
}
