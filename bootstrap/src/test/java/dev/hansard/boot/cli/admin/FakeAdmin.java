// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An admin plane that answers what a test says. */
public final class FakeAdmin implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public FakeAdmin() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Requests so far: method where it is not GET, target, the fields that matter, content. */
    public List<String> requests() {
        return requests;
    }

    public FakeAdmin on(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
            String method = exchange.getRequestMethod();
            String token = exchange.getRequestHeaders().getFirst("Authorization");
            String reason = exchange.getRequestHeaders().getFirst("Hansard-Reason");
            String content = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add((method.equals("GET") ? "" : method + " ")
                    + exchange.getRequestURI()
                    + (range == null ? "" : " Range " + range)
                    + (last == null ? "" : " Last-Event-ID " + last)
                    + (token == null ? "" : " as " + token)
                    + (reason == null ? "" : " for " + reason)
                    + (content.isEmpty() ? "" : " " + content));
            try (exchange) {
                handler.handle(exchange);
            }
        });
        return this;
    }

    public FakeAdmin json(String path, int status, String json) {
        return on(path, exchange -> send(exchange, status, json.getBytes(StandardCharsets.UTF_8)));
    }

    public static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        if (content.length > 0) {
            exchange.getResponseBody().write(content);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
