// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.http.problem.ProblemDocument;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/** Answers what Helidon refuses by itself, before there is a request to route, in the same form as everything else. */
final class FramingProblems {
    private FramingProblems() {}

    static DirectHandlers handlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, FramingProblems::answer);
        }
        return handlers.build();
    }

    /** The message is left out: it may repeat what was sent. */
    private static DirectHandler.TransportResponse answer(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType type,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        Answer answer = Answer.of(refusal(status.code()));
        for (Field field : Exchange.SECURITY_FIELDS) {
            headers.set(HeaderNames.create(field.name()), field.value());
        }
        headers.set(HeaderNames.CONTENT_TYPE, ProblemDocument.MEDIA_TYPE);
        return DirectHandler.TransportResponse.builder()
                .status(Status.create(answer.status()))
                .headers(headers)
                .keepAlive(false)
                .entity(answer.content())
                .build();
    }

    private static Refusal refusal(int status) {
        return switch (status) {
            case 413 -> new Refusal(413, "content_too_large", "Requests to this API have no content; send none.");
            case 414 -> new Refusal(414, "target_too_long", "The request-target is too long; shorten the query.");
            case 503 -> new Refusal(503, "overloaded", "This node has too many requests; try again.");
            case 505 -> new Refusal(505, "http_version_not_supported", "Use HTTP/1.1.");
            default ->
                status >= 500
                        ? AdminRouting.faulty()
                        : new Refusal(400, "bad_request", "The request is not well-formed HTTP/1.1.");
        };
    }
}
