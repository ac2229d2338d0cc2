// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A spool for tests that keeps deep copies of what it was given. It can be told to fail, to refuse for want of room,
 * or to hang, and to heal. Safe for any number of threads.
 */
public final class InMemorySpool implements Spool {
    /** What the spool does with what it is given. */
    private enum Mood {
        WORKING,
        FAILING,
        FULL,
        HANGING
    }

    private final List<Recorded> intents = new ArrayList<>();
    private final List<Recorded> completions = new ArrayList<>();
    private final Map<SessionId, InFlight> flights = new LinkedHashMap<>();
    private final List<CompletableFuture<Ticket.Commit>> waiting = new ArrayList<>();
    private Mood mood = Mood.WORKING;
    private String reason = "";
    private boolean isScarce;
    private String stalled = "";

    /** An exchange as it was handed over. A body is a string of one char per byte (ISO-8859-1). */
    public record Recorded(Session session, String requestBody, String responseBody) {}

    /** A call in flight and the bytes it has reported. */
    public record InFlight(
            ServiceName service, String method, Durability durability, long requestBytes, long responseBytes) {}

    /** From now on every ticket fails, and the state says so. */
    public synchronized void fail(String why) {
        mood = Mood.FAILING;
        reason = why;
    }

    /** From now on every ticket fails as with a full queue, while the state is working. */
    public synchronized void refuse() {
        mood = Mood.FULL;
    }

    /** From now on entries are taken, but no ticket is decided until {@link #heal}; the state is working. */
    public synchronized void hang() {
        mood = Mood.HANGING;
    }

    /** As {@link #hang}, and the state says that the record deadline is over. */
    public synchronized void hang(String why) {
        mood = Mood.HANGING;
        reason = why;
    }

    /** From now on the thread of that name is held in {@link #complete} until {@link #heal}. */
    public synchronized void stall(String threadName) {
        stalled = threadName;
    }

    /** Works again, and what hung becomes durable. */
    public synchronized void heal() {
        mood = Mood.WORKING;
        reason = "";
        stalled = "";
        notifyAll();
        waiting.forEach(ticket -> ticket.complete(Ticket.Commit.DURABLE));
        waiting.clear();
    }

    /** Intents taken so far, in order. */
    public synchronized List<Recorded> intents() {
        return List.copyOf(intents);
    }

    /** Completions taken so far, in order. */
    public synchronized List<Recorded> completions() {
        return List.copyOf(completions);
    }

    /** Flights that were begun and neither completed nor discarded, in the order of their beginning. */
    public synchronized Map<SessionId, InFlight> flights() {
        return Map.copyOf(flights);
    }

    @Override
    public synchronized Flight begin(SessionId id, ServiceName service, String method, Durability durability) {
        flights.put(id, new InFlight(service, method, durability, 0, 0));
        return new KeptFlight(this, id);
    }

    @Override
    public synchronized Ticket intent(MaskedExchange exchange) {
        return take(exchange, intents);
    }

    @Override
    public synchronized Ticket complete(MaskedExchange exchange, Flight flight) {
        awaitTurn();
        Ticket ticket = take(exchange, completions);
        if (flight instanceof KeptFlight kept && (mood == Mood.WORKING || mood == Mood.HANGING)) {
            flights.remove(kept.id());
        }
        return ticket;
    }

    @Override
    public synchronized SpoolState state() {
        if (isScarce) {
            return new SpoolState.Scarce("no room");
        }
        return reason.isEmpty() ? new SpoolState.Working() : new SpoolState.Failing(reason);
    }

    /** Whether the disk has hardly any room. */
    public synchronized void scarce(boolean now) {
        isScarce = now;
    }

    private synchronized void awaitTurn() {
        boolean interrupted = false;
        // Virtual threads have no name.
        while (!stalled.isEmpty() && Thread.currentThread().getName().equals(stalled)) {
            try {
                wait();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Ticket take(MaskedExchange exchange, List<Recorded> into) {
        var decided = new CompletableFuture<Ticket.Commit>();
        switch (mood) {
            case WORKING -> {
                into.add(copy(exchange));
                decided.complete(Ticket.Commit.DURABLE);
            }
            case HANGING -> {
                into.add(copy(exchange));
                waiting.add(decided);
            }
            case FAILING, FULL -> decided.complete(Ticket.Commit.FAILED);
        }
        return limit -> await(decided, limit);
    }

    private static Ticket.Commit await(CompletableFuture<Ticket.Commit> decided, Duration limit) {
        try {
            return decided.get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return Ticket.Commit.LATE;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Ticket.Commit.LATE;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Recorded copy(MaskedExchange exchange) {
        return new Recorded(exchange.session(), text(exchange.requestBody()), text(exchange.responseBody()));
    }

    private static String text(List<ByteBuffer> body) {
        var text = new StringBuilder();
        for (ByteBuffer part : body) {
            text.append(StandardCharsets.ISO_8859_1.decode(part.duplicate()));
        }
        return text.toString();
    }

    private synchronized void progress(SessionId id, long requestBytes, long responseBytes) {
        flights.computeIfPresent(
                id,
                (_, flight) -> new InFlight(
                        flight.service(), flight.method(), flight.durability(), requestBytes, responseBytes));
    }

    private synchronized void discard(SessionId id) {
        flights.remove(id);
    }

    private record KeptFlight(InMemorySpool spool, SessionId id) implements Flight {
        @Override
        public void progress(long requestBytes, long responseBytes) {
            spool.progress(id, requestBytes, responseBytes);
        }

        @Override
        public void discard() {
            spool.discard(id);
        }
    }
}
