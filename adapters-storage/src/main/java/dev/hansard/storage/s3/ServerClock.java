// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.session.TimeWitness;
import io.minio.HeadBucketArgs;
import io.minio.HeadBucketResponse;
import io.minio.MinioAsyncClient;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The clock of the server, as the Date of its answers has it (RFC 9110 section 6.6.1), to the second. */
final class ServerClock implements TimeWitness {
    private final MinioAsyncClient client;
    private final Requests requests;
    private final S3Settings settings;

    ServerClock(MinioAsyncClient client, Requests requests, S3Settings settings) {
        this.client = client;
        this.requests = requests;
        this.settings = settings;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Instant now() {
        var args = HeadBucketArgs.builder().bucket(settings.bucket()).build();
        HeadBucketResponse answer = requests.send("time", () -> client.headBucket(args))
                .orThrow("the server's time could not be asked for");
        String date = answer.headers().get("Date");
        try {
            if (date != null) {
                return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
            }
        } catch (DateTimeException _) {
            // As below.
        }
        throw new StorageException("the time of " + settings.name() + " cannot be told: its answer has "
                + (date == null ? "no Date" : "a Date that is none"));
    }
}
