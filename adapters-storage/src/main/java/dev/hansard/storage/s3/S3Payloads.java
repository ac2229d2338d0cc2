// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.StorageException;
import io.minio.MinioAsyncClient;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** Opens the payload store that keeps segments in a bucket. */
public final class S3Payloads {
    private static final int CONNECTIONS = 64;

    private S3Payloads() {}

    /**
     * Opens the store, and looks at its bucket.
     *
     * @param nanos a clock that only goes forward
     * @throws StorageException when the bucket is missing, cannot be entered, or lacks the lock that it is to have; a
     *     server that does not answer is no reason
     */
    public static PayloadStore open(S3Settings settings, LongSupplier nanos, RandomGenerator random) {
        var client = MinioAsyncClient.builder()
                .endpoint(settings.endpoint().toString())
                .region(settings.region())
                .credentials(settings.accessKey().reveal(), settings.secretKey().reveal())
                .httpClient(http(settings.limits()), true)
                .build();
        var store = new S3PayloadStore(client, new Requests(settings, nanos, random), settings);
        store.bucket().check();
        return store;
    }

    private static OkHttpClient http(S3Limits limits) {
        var dispatcher = new Dispatcher(Executors.newVirtualThreadPerTaskExecutor());
        dispatcher.setMaxRequests(CONNECTIONS);
        dispatcher.setMaxRequestsPerHost(CONNECTIONS);
        return new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool())
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(limits.connect())
                .readTimeout(limits.stall())
                .writeTimeout(limits.stall())
                // We send again ourselves, and count; a server that points elsewhere must not get our signature.
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .build();
    }
}
