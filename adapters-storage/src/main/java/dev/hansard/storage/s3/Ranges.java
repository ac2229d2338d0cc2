// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import dev.hansard.ports.session.StorageException;
import dev.hansard.storage.s3.Failure.Kind;
import dev.hansard.storage.s3.Requests.Outcome;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.MinioAsyncClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens ranges of objects, and believes no answer that is another range than was asked for. */
final class Ranges {
    private static final int UNSATISFIABLE = 416;

    private final MinioAsyncClient client;
    private final Requests requests;
    private final S3Settings settings;

    Ranges(MinioAsyncClient client, Requests requests, S3Settings settings) {
        this.client = client;
        this.requests = requests;
        this.settings = settings;
    }

    InputStream open(String key, String object, long offset, long length) {
        GetObjectResponse first = get(key, object, offset, length, null);
        String etag = first.headers().get("ETag");
        RangeStream.Opener rest = (from, left) -> {
            try {
                return get(key, object, from, left, etag);
            } catch (StorageException e) {
                throw new IOException(e.getMessage(), e);
            }
        };
        return new RangeStream(first, rest, offset, length, settings.limits().attempts());
    }

    /** One connection; with an ETag, only if the object still has it. */
    private GetObjectResponse get(String key, String object, long offset, long length, @Nullable String etag) {
        var args = GetObjectArgs.builder()
                .bucket(settings.bucket())
                .object(object)
                .offset(offset)
                .length(length);
        if (etag != null) {
            args.matchETag(etag.replace("\"", ""));
        }
        var built = args.build();
        Outcome<GetObjectResponse> outcome = requests.send(object, () -> client.getObject(built));
        if (outcome instanceof Outcome.Failed<GetObjectResponse>(Failure failure)) {
            if (failure.kind() == Kind.ABSENT) {
                throw S3PayloadStore.absent(key);
            }
            if (failure.status() == UNSATISFIABLE) {
                throw outside(key, offset, length);
            }
        }
        GetObjectResponse answer = outcome.orThrow("payload '" + key + "' could not be read");
        requireRange(key, answer, offset, length);
        return answer;
    }

    private static void requireRange(String key, GetObjectResponse answer, long offset, long length) {
        String range = Objects.requireNonNullElse(answer.headers().get("Content-Range"), "");
        String expected = "bytes " + offset + "-" + (offset + length - 1) + "/";
        boolean whole = offset == 0
                && range.isEmpty()
                && String.valueOf(length).equals(answer.headers().get("Content-Length"));
        if (!range.startsWith(expected) && !whole) {
            try {
                answer.close();
            } catch (IOException _) {
                // It is not wanted anyway.
            }
            throw outside(key, offset, length);
        }
    }

    static StorageException outside(String key, long offset, long length) {
        return new StorageException(
                "payload '" + key + "' does not have " + length + " bytes from " + offset + ", which were asked for");
    }
}
