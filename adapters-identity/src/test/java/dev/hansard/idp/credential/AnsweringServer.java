// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.credential;

import com.sun.net.httpserver.HttpServer;
import dev.hansard.ports.credential.SecretReading;
import dev.hansard.ports.credential.SecretSource;
import dev.hansard.ports.value.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that gives the answers that a test has put in a queue, and notes what it was sent. */
final class AnsweringServer implements AutoCloseable {
    private final HttpServer server;
    private final Queue<Reply> replies = new ArrayDeque<>();
    final List<String> requests = new CopyOnWriteArrayList<>();

    private record Reply(int status, String content) {}

    AnsweringServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            var headers = exchange.getRequestHeaders();
            String content = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + headers.getOrDefault("Authorization", List.of())
                    + headers.getOrDefault("X-Vault-Token", List.of())
                    + " " + content);
            Reply reply = replies.poll();
            byte[] answer = (reply == null ? "" : reply.content()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply == null ? 500 : reply.status(), answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    AnsweringServer then(int status, String content) {
        replies.add(new Reply(status, content));
        return this;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    static SecretSource always(String value) {
        return () -> SecretReading.of(Secret.of(value), null, Duration.ofDays(1));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
