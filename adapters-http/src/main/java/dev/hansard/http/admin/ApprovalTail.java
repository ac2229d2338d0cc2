// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalFeed.News;
import dev.hansard.ports.approval.ApprovalQuery;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.value.ApprovalId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Approvals as server-sent events: first all that are open, then each change, each version once. A reader that comes
 * back gets what is open anew, so that nothing need be remembered for it; the version tells what it has already.
 *
 * <p>It ends when its reader goes or stops reading, when the server stops, or when the reader is not let in any more.
 */
final class ApprovalTail {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Set<ApprovalState> OPEN = EnumSet.of(ApprovalState.PENDING, ApprovalState.APPROVED);
    private static final String RETRY = "retry: 2000\n: approvals as they change; comments keep it open\n\n";
    private static final String LISTED = "event: listed\ndata: {}\n\n";
    private static final String HEARTBEAT = ": still here\n\n";

    /** Of so many approvals the version that was sent is remembered. */
    private static final int MOST_SENT = 1_000;

    private final @Nullable ApprovalDesks desks;
    private final Semaphore permits;
    private final Duration heartbeat;
    private final BooleanSupplier isStopping;

    ApprovalTail(@Nullable ApprovalDesks desks, int limit, Duration heartbeat, BooleanSupplier isStopping) {
        this.desks = desks;
        this.permits = new Semaphore(limit);
        this.heartbeat = heartbeat;
        this.isStopping = isStopping;
    }

    void watch(Exchange exchange) throws IOException {
        ApprovalDesks open = ApprovalCalls.opened(desks);
        exchange.query();
        if (!permits.tryAcquire()) {
            throw new RefusedException(
                    503,
                    "too_many_tails",
                    "All watches of approvals of this node are taken; close one, or raise admin.tail-limit.",
                    new Field("Retry-After", "5"));
        }
        try {
            // Before the answer starts, so that whoever may see none gets a 403; and the position before the list, so
            // that nothing falls between the two.
            long position = open.feed().position();
            List<Approval> listed = list(open, exchange);
            exchange.setField(new Field("X-Accel-Buffering", "no"));
            exchange.closeAfterwards();
            AdminConnection.CURRENT.get().watchPeer();
            exchange.stream(200, "text/event-stream", -1, out -> new Run(open, exchange, out, position).send(listed));
        } finally {
            permits.release();
        }
    }

    /** What is open, the oldest first, as it is told. */
    private static List<Approval> list(ApprovalDesks open, Exchange exchange) {
        return open.desk()
                .list(exchange.visitor(), OPEN, null, ApprovalQuery.MOST)
                .reversed();
    }

    /** One watch while it runs. */
    private final class Run {
        private final ApprovalDesks open;
        private final Exchange exchange;
        private final OutputStream out;
        private final StallAwareContext connection = AdminConnection.CURRENT.get();
        private final Map<ApprovalId, Long> sent = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ApprovalId, Long> eldest) {
                return size() > MOST_SENT;
            }
        };
        private long position;
        private long checkedAt = System.nanoTime();
        private long sentAt = System.nanoTime();

        Run(ApprovalDesks open, Exchange exchange, OutputStream out, long position) {
            this.open = open;
            this.exchange = exchange;
            this.out = out;
            this.position = position;
        }

        void send(List<Approval> listed) throws IOException {
            write(RETRY);
            sendAll(listed);
            write(LISTED);
            while (!isStopping.getAsBoolean() && !connection.isPeerGone() && isStillKnown()) {
                News news = open.feed().after(exchange.visitor(), position, POLL);
                position = news.position();
                sendAll(news.isComplete() ? news.changed() : list(open, exchange));
                if (System.nanoTime() - sentAt >= heartbeat.toNanos()) {
                    write(HEARTBEAT);
                }
            }
        }

        private boolean isStillKnown() {
            if (System.nanoTime() - checkedAt < SessionTail.RECHECK.toNanos()) {
                return true;
            }
            checkedAt = System.nanoTime();
            return exchange.isStillKnown();
        }

        private void sendAll(List<Approval> approvals) throws IOException {
            for (Approval approval : approvals) {
                Long before = sent.put(approval.id(), approval.version());
                if (before != null && before >= approval.version()) {
                    sent.put(approval.id(), before);
                    continue;
                }
                out.write("event: approval\ndata: ".getBytes(StandardCharsets.US_ASCII));
                Json.write(
                        out,
                        json -> ApprovalJson.writeRow(
                                json, approval, open.wall().instant()));
                out.write('\n');
                flush();
            }
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            flush();
        }

        private void flush() throws IOException {
            out.flush();
            sentAt = System.nanoTime();
        }
    }
}
