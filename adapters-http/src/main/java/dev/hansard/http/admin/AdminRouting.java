// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.http.problem.ProblemDocument;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.NotAllowedException;
import dev.hansard.ports.session.InvalidQueryException;
import dev.hansard.ports.session.StorageException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.PathMatchers;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts the table of routes into Helidon's routing. Around each handler stand the guard, the read limit and the one
 * place that turns what went wrong into an answer.
 */
final class AdminRouting {
    /** A record may come sooner than by its bound: nobody is sent away for longer. */
    private static final long LONGEST_RETRY_SECONDS = 60;

    private final Guard guard;
    private final Entrance entrance;
    private final Semaphore reads;
    private final FaultLog faults;

    AdminRouting(Guard guard, Entrance entrance, int readLimit, FaultLog faults) {
        this.guard = guard;
        this.entrance = entrance;
        this.reads = new Semaphore(readLimit);
        this.faults = faults;
    }

    HttpRouting.Builder of(List<Route> routes) {
        HttpRouting.Builder routing = HttpRouting.builder().addFilter(AdminRouting::closeWhereTold);
        for (Route route : routes) {
            Method[] methods = route.methods().stream().map(Method::create).toArray(Method[]::new);
            routing.route(
                    Method.predicate(methods),
                    PathMatchers.create(route.template()),
                    (request, response) -> answer(request, response, entered(route)));
        }
        for (String template : routes.stream().map(Route::template).distinct().toList()) {
            routing.any(
                    template,
                    (request, response) -> answer(request, response, exchange -> {
                        throw refusedMethod(routes, template);
                    }));
        }
        return routing.any((request, response) -> answer(request, response, exchange -> {
            throw RefusedException.notFound();
        }));
    }

    private Route.Handler entered(Route route) {
        Route.Handler limited = limited(route);
        long most = route.kind() == Route.Kind.HAND_IN ? Exchange.MAX_FORM_BYTES : Exchange.MAX_CONTENT_BYTES;
        return exchange -> {
            refuseMoreThan(most, exchange);
            if (!route.isOpen()) {
                entrance.enter(exchange);
            }
            limited.answer(exchange);
        };
    }

    /** What is announced; content that comes in chunks is counted as it is read. */
    private static void refuseMoreThan(long most, Exchange exchange) {
        String length = exchange.field(HeaderNames.CONTENT_LENGTH);
        // Helidon has seen that it is a number.
        if (length != null && Long.parseLong(length) > most) {
            throw new RefusedException(413, "content_too_large", "A request here has at most " + most + " bytes.");
        }
    }

    /**
     * Helidon 4.3 leaves it to the client to close a connection, even when the answer says that it is closed; so it is
     * closed here. It is closed after content too: nobody reads it, Helidon frames it by its own lights, and would ask
     * for the rest of it with a 100 after the final answer.
     */
    private static void closeWhereTold(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var exchange = new Exchange(request, response);
        if (hasContent(exchange) || isClose(exchange.field(HeaderNames.CONNECTION))) {
            exchange.closeAfterwards();
        }
        chain.proceed();
        if (exchange.isClosedAfterwards()) {
            throw new CloseConnectionException("The answer said that the admin connection closes");
        }
    }

    private static boolean hasContent(Exchange exchange) {
        String length = exchange.field(HeaderNames.CONTENT_LENGTH);
        return exchange.field(HeaderNames.TRANSFER_ENCODING) != null || (length != null && !length.equals("0"));
    }

    private static boolean isClose(@Nullable String connection) {
        return connection != null
                && List.of(connection.split(",", -1)).stream()
                        .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
    }

    private Route.Handler limited(Route route) {
        if (route.kind() != Route.Kind.READ) {
            return route.handler();
        }
        return exchange -> {
            if (!reads.tryAcquire()) {
                throw new RefusedException(
                        503,
                        "too_many_reads",
                        "This node is busy reading records; try again, or raise admin.read-limit.",
                        new Field("Retry-After", "1"));
            }
            try {
                route.handler().answer(exchange);
            } finally {
                reads.release();
            }
        };
    }

    private static RefusedException refusedMethod(List<Route> routes, String template) {
        String allowed = routes.stream()
                .filter(route -> route.template().equals(template))
                .flatMap(route -> route.methods().stream())
                .collect(Collectors.joining(", "));
        return new RefusedException(
                405,
                "method_not_allowed",
                "This address does not take that method; use " + allowed + ".",
                new Field("Allow", allowed));
    }

    private void answer(ServerRequest request, ServerResponse response, Route.Handler handler) {
        var exchange = new Exchange(request, response);
        try {
            guard.check(exchange);
            handler.answer(exchange);
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RefusedException e) {
            answerInstead(exchange, Answer.of(e.refusal()), e);
        } catch (NotAllowedException e) {
            answerInstead(exchange, Answer.of(e.refusal()), e);
        } catch (InvalidQueryException e) {
            byte[] content =
                    ProblemDocument.bytesAt(400, "invalid_query", String.valueOf(e.getMessage()), e.position());
            answerInstead(exchange, new Answer(400, ProblemDocument.MEDIA_TYPE, content), e);
        } catch (StorageException e) {
            if (e.reason() == null) {
                faults.note("Records could not be read", e);
            }
            answerInstead(exchange, Answer.of(refusal(e.reason())), e);
        } catch (IOException e) {
            faults.note("Records could not be read", e);
            answerInstead(exchange, Answer.of(unreadable()), e);
        } catch (RuntimeException e) {
            faults.note("An admin request failed; this is a fault of Hansard", e);
            answerInstead(exchange, Answer.of(faulty()), e);
        }
    }

    private static Refusal refusal(StorageException.@Nullable Reason reason) {
        return switch (reason) {
            case StorageException.Elsewhere elsewhere -> notSealed(elsewhere);
            case StorageException.Removed _ ->
                new Refusal(
                        410,
                        "record_removed",
                        "The record was removed when its retention class said so; its row is all that is left.");
            case StorageException.Locked lock ->
                new Refusal(
                        409,
                        "record_locked",
                        "The object lock of the payload store keeps the record"
                                + (lock.until() == null
                                        ? " until its legal hold is lifted."
                                        : " until " + lock.until() + "."));
            case StorageException.Doubtful _ ->
                new Refusal(
                        409,
                        "record_changed",
                        "The stored record is not the one that was entered in the ledger, so that its content is not"
                                + " shown; run hansard verify, or ask with evidence=ignored to see it all the same.");
            case null -> unreadable();
        };
    }

    private static Refusal unreadable() {
        return new Refusal(
                503,
                "storage_unavailable",
                "The record could not be read from its store; try again, and see the log of this node.",
                List.of(new Field("Retry-After", "1")));
    }

    private static Refusal notSealed(StorageException.Elsewhere elsewhere) {
        long seconds = Math.clamp(elsewhere.within().toSeconds(), 1, LONGEST_RETRY_SECONDS);
        return new Refusal(
                503,
                "session_not_sealed",
                "The record is still in the spool of node " + elsewhere.node() + ", which shares it within "
                        + elsewhere.within().toSeconds()
                        + " seconds of the call; try again then, or ask that node. If that node is dead,"
                        + " `hansard spool adopt` brings its records in.",
                List.of(new Field("Retry-After", Long.toString(seconds))));
    }

    static Refusal faulty() {
        return new Refusal(500, "internal_error", "Hansard made a mistake; the log of this node has it.");
    }

    private static void answerInstead(Exchange exchange, Answer answer, Exception cause) {
        if (exchange.isStarted()) {
            // Half an answer must not look whole: without its end the client sees that it broke off.
            throw new CloseConnectionException("The answer broke off", cause);
        }
        boolean isLast = exchange.isClosedAfterwards();
        exchange.restart();
        if (isLast) {
            exchange.closeAfterwards();
        }
        exchange.send(answer);
    }
}
