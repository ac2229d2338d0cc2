// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.spi.Options;
import dev.hansard.ports.spi.PayloadStoreFactory;
import dev.hansard.ports.value.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Segments as objects in a bucket of MinIO or any other server that speaks S3. */
public final class MinioPayloadFactory implements PayloadStoreFactory {
    /** The word that chooses it. */
    public static final String TYPE = "minio";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Opening<PayloadStore> create(Options options) {
        S3Settings settings = settings(options);
        return around -> S3Payloads.open(settings, around.nanos(), around.random());
    }

    private static S3Settings settings(Options options) {
        URI endpoint = endpoint(options);
        String bucket = options.text("bucket");
        if (!S3Settings.isBucket(bucket)) {
            throw options.misfit("bucket", S3Settings.BUCKET_RULE);
        }
        String written = options.text("prefix", "");
        String prefix = written.isEmpty() || written.endsWith("/") ? written : written + "/";
        if (!S3Settings.isPrefix(prefix)) {
            throw options.misfit("prefix", S3Settings.PREFIX_RULE);
        }
        try {
            return new S3Settings(
                    endpoint,
                    options.text("region", "us-east-1"),
                    bucket,
                    prefix,
                    options.secret("access-key"),
                    options.secret("secret-key"),
                    lock(options),
                    S3Limits.USUAL);
        } catch (InvalidValueException _) {
            throw options.misfit("endpoint", S3Settings.ENDPOINT_RULE);
        }
    }

    private static URI endpoint(Options options) {
        try {
            URI endpoint = new URI(options.text("endpoint"));
            if (S3Settings.isEndpoint(endpoint)) {
                return endpoint;
            }
        } catch (URISyntaxException _) {
            // Told below.
        }
        throw options.misfit("endpoint", S3Settings.ENDPOINT_RULE);
    }

    private static ObjectLock lock(Options options) {
        String word = options.text("object-lock", "none");
        for (ObjectLock lock : ObjectLock.values()) {
            if (lock.name().toLowerCase(Locale.ROOT).equals(word)) {
                return lock;
            }
        }
        throw options.misfit("object-lock", "none, governance or compliance");
    }
}
