// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.search.ContentDesk;
import dev.hansard.ports.search.ContentQuery;
import dev.hansard.ports.search.ContentSearch;
import dev.hansard.ports.search.SearchCost;
import dev.hansard.ports.search.SearchStep;
import dev.hansard.ports.search.SearchStep.Ended;
import dev.hansard.ports.search.SearchStep.Found;
import dev.hansard.ports.search.SearchStep.Passed;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Looks for sessions by their contents and tells of them as they are found, one JSON document a line: what is found
 * first is seen first, and whoever has seen enough hangs up. Every now and then a line says how far it is and what it
 * has cost. The last line says whether it is the end; an answer without one broke off.
 */
final class SessionSearch {
    /** Most searches at once: each reads as fast as disk and network let it. */
    static final int LIMIT = 4;

    private static final String MEDIA_TYPE = "application/x-ndjson";
    private static final Duration TOLD_EVERY = Duration.ofMillis(300);

    private final ContentDesk desk;
    private final Semaphore permits = new Semaphore(LIMIT);
    private final BooleanSupplier isStopping;

    SessionSearch(ContentDesk desk, BooleanSupplier isStopping) {
        this.desk = desk;
        this.isStopping = isStopping;
    }

    void search(Exchange exchange) throws IOException {
        QueryParameters parameters = exchange.query("q", "from", "maxBytes");
        long most = parameters.number("maxBytes", ContentQuery.DEFAULT_BYTES, 1, ContentQuery.MAX_BYTES);
        if (!permits.tryAcquire()) {
            throw new RefusedException(
                    503,
                    "too_many_searches",
                    "As many searches run on this node as may at once, which are " + LIMIT + "; end one, or wait.",
                    new Field("Retry-After", "5"));
        }
        try (ContentSearch.Running running =
                        desk.search(exchange.visitor(), parameters.get("q", ""), parameters.get("from"), most);
                var worker = new SearchWorker(running)) {
            // A first step before the answer starts, so that a store that is down is still a 503.
            SearchStep first = worker.next();
            exchange.setField(new Field("X-Accel-Buffering", "no"));
            exchange.closeAfterwards();
            AdminConnection.CURRENT.get().watchPeer();
            exchange.stream(200, MEDIA_TYPE, -1, out -> new Run(running, worker, exchange, out).send(first));
        } finally {
            permits.release();
        }
    }

    /** One search while its answer is written. */
    private final class Run {
        private final ContentSearch.Running running;
        private final SearchWorker worker;
        private final Exchange exchange;
        private final OutputStream out;
        private final StallAwareContext connection = AdminConnection.CURRENT.get();
        private long toldAt;
        private long checkedAt = System.nanoTime();

        Run(ContentSearch.Running running, SearchWorker worker, Exchange exchange, OutputStream out) {
            this.running = running;
            this.worker = worker;
            this.exchange = exchange;
            this.out = out;
        }

        void send(SearchStep first) throws IOException {
            toldAt = System.nanoTime() - TOLD_EVERY.toNanos();
            try {
                SearchStep step = first;
                while (mayGoOn()) {
                    switch (step) {
                        case Found found -> found(found);
                        case Passed passed -> passed(passed);
                        case Ended ended -> {
                            ended(ended);
                            return;
                        }
                    }
                    step = worker.next();
                }
            } catch (StorageException e) {
                line("failed", json -> {
                    json.writeStringField("code", "storage_failed");
                    json.writeStringField(
                            "detail",
                            "A store failed in the middle of the search; what was found until here is right. Try again,"
                                    + " and see the log of this node.");
                });
                throw e;
            }
        }

        private boolean mayGoOn() {
            return !isStopping.getAsBoolean() && !connection.isPeerGone() && isStillKnown();
        }

        private boolean isStillKnown() {
            if (System.nanoTime() - checkedAt < SessionTail.RECHECK.toNanos()) {
                return true;
            }
            checkedAt = System.nanoTime();
            return exchange.isStillKnown();
        }

        private void found(Found found) throws IOException {
            line("found", json -> {
                json.writeArrayFieldStart("in");
                for (Direction direction : Direction.values()) {
                    if (found.in().contains(direction)) {
                        json.writeString(direction.name().toLowerCase(Locale.ROOT));
                    }
                }
                json.writeEndArray();
                json.writeObjectFieldStart("session");
                SessionJson.write(json, found.session());
                json.writeEndObject();
            });
        }

        private void passed(Passed passed) throws IOException {
            if (System.nanoTime() - toldAt >= TOLD_EVERY.toNanos()) {
                line("passed", json -> {
                    if (passed.at() != null) {
                        json.writeStringField("at", passed.at().toString());
                    }
                    write(json, running.cost());
                });
                toldAt = System.nanoTime();
            }
        }

        private void ended(Ended ended) throws IOException {
            line("ended", json -> {
                json.writeBooleanField("complete", ended.rest() == null);
                if (ended.rest() != null) {
                    json.writeStringField("from", ended.rest().toString());
                }
                write(json, running.cost());
            });
        }

        private void line(String type, Json.Members members) throws IOException {
            Json.write(out, json -> {
                json.writeStringField("type", type);
                members.writeTo(json);
            });
            out.flush();
        }

        private static void write(JsonGenerator json, SearchCost cost) throws IOException {
            json.writeObjectFieldStart("cost");
            json.writeNumberField("segments", cost.segments());
            json.writeNumberField("blocks", cost.blocks());
            json.writeNumberField("blocksSkipped", cost.blocksSkipped());
            json.writeNumberField("blocksUnindexed", cost.blocksUnindexed());
            json.writeNumberField("sessionsRead", cost.sessionsRead());
            json.writeNumberField("sessionsUnreadable", cost.unreadable());
            json.writeNumberField("indexBytes", cost.indexBytes());
            json.writeNumberField("recordBytes", cost.recordBytes());
            json.writeNumberField("aheadBytes", cost.aheadBytes());
            json.writeNumberField("found", cost.found());
            json.writeEndObject();
        }
    }
}
