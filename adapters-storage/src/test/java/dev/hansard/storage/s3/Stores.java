// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.S3Proxy;
import dev.hansard.ports.value.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.SplittableRandom;

/** Makes stores for tests, with short times. */
final class Stores {
    static final String BUCKET = "hansard";
    static final S3Limits QUICK = new S3Limits(
            Duration.ofSeconds(2),
            Duration.ofMillis(800),
            Duration.ofSeconds(10),
            3,
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            6,
            Duration.ofMillis(100),
            S3Limits.MIN_PART);

    private Stores() {}

    /** In the bucket of this run. */
    static S3Settings settings(URI endpoint, String prefix) {
        S3Proxy.running().bucket(BUCKET);
        return new S3Settings(
                endpoint,
                "us-east-1",
                BUCKET,
                prefix,
                Secret.of(S3Proxy.ACCESS_KEY),
                Secret.of(S3Proxy.SECRET_KEY),
                ObjectLock.NONE,
                QUICK);
    }

    static PayloadStore open(S3Settings settings) {
        return S3Payloads.open(settings, System::nanoTime, new SplittableRandom(1));
    }
}
