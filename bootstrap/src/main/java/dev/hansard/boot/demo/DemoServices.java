// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;

/** Two small services on sockets of their own: payments, which now and then fails, and a product search. */
final class DemoServices implements AutoCloseable {
    private final AtomicLong nextPayment = new AtomicLong(1000);
    private final WebServer payments;
    private final WebServer search;

    DemoServices() {
        payments = start(HttpRouting.builder()
                .get("/v1/payments/{id}", this::payment)
                .post("/v1/payments", this::pay)
                .post("/v1/refunds", (_, response) -> json(response, 201, "{\"refund\":\"accepted\"}")));
        search = start(HttpRouting.builder().get("/products", DemoServices::products));
    }

    private static WebServer start(HttpRouting.Builder routing) {
        return WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(0)
                .shutdownHook(false)
                .routing(routing)
                .build()
                .start();
    }

    int paymentsPort() {
        return payments.port();
    }

    int searchPort() {
        return search.port();
    }

    private void pay(ServerRequest request, ServerResponse response) {
        long id = nextPayment.incrementAndGet();
        int length = request.content().as(byte[].class).length;
        if (id % 11 == 0) {
            json(response, 503, "{\"error\":\"the bank does not answer\"}");
        } else {
            response.header(HeaderNames.LOCATION, "/v1/payments/" + id);
            json(response, 201, "{\"id\":" + id + ",\"state\":\"accepted\",\"requestBytes\":" + length + "}");
        }
    }

    private void payment(ServerRequest request, ServerResponse response) {
        String id = request.path().pathParameters().get("id");
        boolean known = id.length() <= 9
                && id.chars().allMatch(c -> c >= '0' && c <= '9')
                && Long.parseLong("0" + id) <= nextPayment.get();
        json(
                response,
                known ? 200 : 404,
                known ? "{\"id\":" + id + ",\"state\":\"settled\"}" : "{\"error\":\"unknown payment\"}");
    }

    private static void products(ServerRequest request, ServerResponse response) {
        String found = !request.query().contains("q") ? "" : "{\"sku\":\"A-17\",\"name\":\"Lamp\",\"cents\":4900}";
        json(response, 200, "{\"items\":[" + found + "]}");
    }

    private static void json(ServerResponse response, int status, String content) {
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(content);
    }

    @Override
    public void close() {
        payments.stop();
        search.stop();
    }
}
