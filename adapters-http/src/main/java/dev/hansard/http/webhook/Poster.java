// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.webhook;

import dev.hansard.http.webhook.WebhookSettings.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Posts one delivery. Redirects are not followed: where notices go is for the configuration to say. Of the answer only
 * the head is read. Belongs to one thread.
 */
final class Poster implements AutoCloseable {
    private static final int OK = 200;
    private static final int NO_OK = 300;
    private static final int REFUSED = 400;
    private static final int BROKEN = 500;
    private static final int TIMEOUT = 408;
    private static final int EARLY = 425;
    private static final int TOO_MANY = 429;
    private static final int GONE = 410;
    private static final long LONGEST_WISH_SECONDS = 3600;

    private final URI url;
    private final Signature signature;
    private final Duration limit;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;

    Poster(URI url, Signature signature, Limits limits) {
        this.url = url;
        this.signature = signature;
        this.limit = limits.answer();
        this.client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(limits.connect())
                .executor(threads)
                .build();
    }

    /** What came of an attempt. */
    sealed interface Outcome {
        /** The other side has it. */
        record Taken() implements Outcome {}

        /**
         * It may go better another time.
         *
         * @param wish after how many seconds the other side wants to be asked again; 0 when it did not say
         */
        record Failed(String why, long wish) implements Outcome {}

        /** The other side does not want it, and most likely never will. */
        record Refused(String why) implements Outcome {}

        /** The other side wants nothing any more (status 410). */
        record Ended() implements Outcome {}
    }

    /**
     * Tries once.
     *
     * @param timestamp seconds since 1970, of this attempt
     */
    Outcome post(Delivery delivery, long timestamp) throws InterruptedException {
        byte[] content = delivery.bytes();
        var request = HttpRequest.newBuilder(url)
                .timeout(limit)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Hansard")
                .header("webhook-id", delivery.id())
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", signature.sign(delivery.id(), timestamp, content))
                .POST(BodyPublishers.ofByteArray(content))
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            // Closed unread: nothing in it matters, and it may never end.
            response.body().close();
            OptionalLong wish = response.headers().firstValue("Retry-After").stream()
                    .filter(text -> text.matches("[0-9]{1,9}"))
                    .mapToLong(Long::parseLong)
                    .findFirst();
            return outcome(response.statusCode(), Math.min(LONGEST_WISH_SECONDS, wish.orElse(0)));
        } catch (IOException e) {
            // The name of the failure, not its message: that may hold the URL.
            return new Outcome.Failed("it cannot be reached: " + e.getClass().getSimpleName(), 0);
        }
    }

    private static Outcome outcome(int status, long wish) {
        if (status >= OK && status < NO_OK) {
            return new Outcome.Taken();
        }
        if (status == GONE) {
            return new Outcome.Ended();
        }
        boolean isRefused =
                status >= REFUSED && status < BROKEN && status != TIMEOUT && status != EARLY && status != TOO_MANY;
        return isRefused
                ? new Outcome.Refused("it answered with status " + status)
                : new Outcome.Failed("it answered with status " + status, wish);
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
