// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.credential;

import dev.hansard.idp.jose.Authorities;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks one server for secrets: no redirects, since what is sent is for one address only; limits for size, time and how
 * many ask at once. A client is made for each call, because there are minutes between two of them and a client keeps
 * threads. Safe for any number of threads.
 */
final class SecretCaller {
    /** How many calls there are at once; each holds a connection. */
    static final int MOST_AT_ONCE = 16;

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration WHOLE = Duration.ofMillis(2_800);
    private static final int LARGEST = 64 * 1024;

    private final @Nullable Authorities authorities;
    private final Semaphore permits = new Semaphore(MOST_AT_ONCE);

    /** @param authorities who must have signed the server's certificate; null for those that the JDK believes */
    SecretCaller(@Nullable Authorities authorities) {
        this.authorities = authorities;
    }

    HttpAnswer get(URI uri, Map<String, String> fields) throws IOException, InterruptedException {
        return ask(request(uri, fields).GET().build());
    }

    HttpAnswer post(URI uri, Map<String, String> fields, String content) throws IOException, InterruptedException {
        return ask(request(uri, fields).POST(BodyPublishers.ofString(content)).build());
    }

    private static HttpRequest.Builder request(URI uri, Map<String, String> fields) {
        var request = HttpRequest.newBuilder(uri).timeout(WHOLE).header("Accept", "application/json");
        fields.forEach(request::header);
        return request;
    }

    private HttpAnswer ask(HttpRequest request) throws IOException, InterruptedException {
        if (!permits.tryAcquire(WHOLE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("more than " + MOST_AT_ONCE + " ask it at once");
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            HttpClient client = client(threads);
            try {
                return answer(client, request);
            } finally {
                client.shutdownNow();
                client.awaitTermination(Duration.ofSeconds(1));
                threads.shutdownNow();
            }
        } finally {
            permits.release();
        }
    }

    private HttpClient client(Executor threads) throws IOException {
        var builder = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(threads);
        if (authorities != null) {
            builder.sslContext(authorities.tls());
        }
        return builder.build();
    }

    private static HttpAnswer answer(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        var coming = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            HttpResponse<byte[]> answer = coming.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
            return new HttpAnswer(answer.statusCode(), answer.body());
        } catch (TimeoutException _) {
            throw new IOException("there was no whole answer within " + WHOLE.toMillis() + " ms");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            // The class alone: a message may quote what was sent.
            throw new IOException(cause.getClass().getSimpleName(), e);
        } finally {
            coming.cancel(true);
        }
    }
}
