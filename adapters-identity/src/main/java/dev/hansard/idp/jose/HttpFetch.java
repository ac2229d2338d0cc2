// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Gets documents by the JDK's client: no redirects, a limit for size and one for time. A client is
 * made for each call and closed after it, because there are minutes between two of them and a client keeps threads.
 *
 * @param connect how long connecting may take
 * @param whole how long all of it may take, up to the last byte
 * @param authorities who must have signed the server's certificate; null for those that the JDK believes
 */
record HttpFetch(Duration connect, Duration whole, @Nullable Authorities authorities) implements Fetch {
    /** More than the largest key sets there are. */
    static final int LARGEST = 512 * 1024;

    private static final int OK = 200;

    @Override
    public byte[] get(URI uri) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri)
                .header("Accept", "application/json, application/jwk-set+json, application/samlmetadata+xml, */*;q=0.5")
                .timeout(whole)
                .build();
        HttpResponse<byte[]> response = ask(request);
        if (response.statusCode() != OK) {
            throw new IOException("the answer was status " + response.statusCode() + ", not 200");
        }
        return response.body();
    }

    private HttpResponse<byte[]> ask(HttpRequest request) throws IOException, InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            HttpClient client = client(threads);
            try {
                return answer(client, request);
            } finally {
                client.shutdownNow();
                client.awaitTermination(Duration.ofSeconds(1));
                threads.shutdownNow();
            }
        }
    }

    private HttpClient client(Executor threads) throws IOException {
        var builder = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(connect)
                .executor(threads);
        if (authorities != null) {
            builder.sslContext(authorities.tls());
        }
        return builder.build();
    }

    private HttpResponse<byte[]> answer(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        var coming = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            // The time-out of the request ends with the head, this one with the last byte.
            return coming.get(whole.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw new IOException("there was no whole answer within " + whole.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new IOException(reason(e.getCause() == null ? e : e.getCause()), e);
        } finally {
            coming.cancel(true);
        }
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        String name = cause.getClass().getSimpleName();
        return message == null ? name : name + ": " + message;
    }
}
