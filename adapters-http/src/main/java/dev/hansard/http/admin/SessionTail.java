// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.SessionDesk;
import dev.hansard.ports.session.Sessions;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The live tail: sessions as server-sent events, each with the sequence of its session as its id. A reader that comes
 * back with the last id it saw gets what it missed, once each: the sequence is the only position there is, and nothing
 * is queued per reader. Without an id it gets only what comes.
 *
 * <p>A tail ends when its reader goes or stops reading, when the server stops, or when the reader's token or key is not
 * good any more; the reader then comes back by itself.
 */
final class SessionTail {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int BATCH = 100;

    /** How long somebody who is not let in any more may go on. */
    static final Duration RECHECK = Duration.ofSeconds(5);

    private static final String RETRY = "retry: 2000\n: the tail of sessions; comments keep it open\n\n";
    private static final String HEARTBEAT = ": still here\n\n";

    private final SessionDesk desk;
    private final Semaphore permits;
    private final Duration heartbeat;
    private final BooleanSupplier isStopping;

    SessionTail(SessionDesk desk, int limit, Duration heartbeat, BooleanSupplier isStopping) {
        this.desk = desk;
        this.permits = new Semaphore(limit);
        this.heartbeat = heartbeat;
        this.isStopping = isStopping;
    }

    void tail(Exchange exchange) throws IOException {
        QueryParameters parameters = exchange.query("q", "after");
        String query = parameters.get("q", "");
        Sessions sessions = desk.of(exchange.visitor());
        long start = start(sessions, exchange.field(HeaderNames.create("Last-Event-ID")), parameters);
        if (!permits.tryAcquire()) {
            throw new RefusedException(
                    503,
                    "too_many_tails",
                    "All live tails of this node are taken; close one, or raise admin.tail-limit.",
                    new Field("Retry-After", "5"));
        }
        try {
            // Read once before the answer starts, so that a wrong query is still a 400.
            List<CatalogEntry> first = sessions.tail(query, start, BATCH, Duration.ZERO);
            exchange.setField(new Field("X-Accel-Buffering", "no"));
            exchange.closeAfterwards();
            AdminConnection.CURRENT.get().watchPeer();
            exchange.stream(
                    200, "text/event-stream", -1, out -> new Run(sessions, query, start, exchange, out).send(first));
        } finally {
            permits.release();
        }
    }

    /** The field wins over the parameter: a browser that reconnects repeats its URL and adds the field. */
    private static long start(Sessions sessions, @Nullable String lastEventId, QueryParameters parameters) {
        if (lastEventId != null && !lastEventId.isEmpty()) {
            return QueryParameters.number("Last-Event-ID", lastEventId, 0, Long.MAX_VALUE);
        }
        return parameters.get("after") != null
                ? parameters.number("after", 0, 0, Long.MAX_VALUE)
                : sessions.lastSequence();
    }

    /** One tail while it runs. */
    private final class Run {
        private final Sessions sessions;
        private final String query;
        private final StallAwareContext connection;
        private final Exchange exchange;
        private final OutputStream out;
        private long position;
        private long checkedAt = System.nanoTime();
        private long sentAt = System.nanoTime();

        Run(Sessions sessions, String query, long position, Exchange exchange, OutputStream out) {
            this.sessions = sessions;
            this.query = query;
            this.position = position;
            this.connection = AdminConnection.CURRENT.get();
            this.exchange = exchange;
            this.out = out;
        }

        void send(List<CatalogEntry> first) throws IOException {
            send("id: " + position + "\n" + RETRY);
            sendAll(first);
            while (!isStopping.getAsBoolean() && !connection.isPeerGone() && isStillKnown()) {
                long newest = sessions.lastSequence();
                List<CatalogEntry> entries = sessions.tail(query, position, BATCH, patience());
                sendAll(entries);
                if (entries.isEmpty()) {
                    moveTo(newest);
                }
            }
        }

        private boolean isStillKnown() {
            if (System.nanoTime() - checkedAt < RECHECK.toNanos()) {
                return true;
            }
            checkedAt = System.nanoTime();
            return exchange.isStillKnown();
        }

        private Duration patience() {
            Duration untilHeartbeat = heartbeat.minusNanos(System.nanoTime() - sentAt);
            Duration wait = untilHeartbeat.compareTo(POLL) < 0 ? untilHeartbeat : POLL;
            return wait.isNegative() ? Duration.ZERO : wait;
        }

        private void sendAll(List<CatalogEntry> entries) throws IOException {
            for (CatalogEntry entry : entries) {
                out.write(("id: " + entry.sequence() + "\nevent: session\ndata: ").getBytes(StandardCharsets.US_ASCII));
                Json.write(out, json -> SessionJson.write(json, entry.summary()));
                out.write('\n');
                position = entry.sequence();
            }
            if (!entries.isEmpty()) {
                flush();
            }
        }

        /**
         * Nothing after the position and up to {@code newest} fits the query, so neither this loop nor a reader that
         * comes back has to search it again. The heartbeat tells the reader: an id without data is no event, but is
         * remembered.
         */
        private void moveTo(long newest) throws IOException {
            position = Math.max(position, newest);
            if (System.nanoTime() - sentAt >= heartbeat.toNanos()) {
                send("id: " + position + "\n" + HEARTBEAT);
            }
        }

        private void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            flush();
        }

        private void flush() throws IOException {
            out.flush();
            sentAt = System.nanoTime();
        }
    }
}
