// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.Spool.Flight;
import dev.hansard.ports.session.Ticket.Commit;
import dev.hansard.ports.value.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every spool promises to the recorder. */
@Timeout(60)
public interface SpoolContract {
    Duration LIMIT = Duration.ofSeconds(20);

    /** An open spool, the same for the whole of a test; whoever implements this closes it. */
    Spool spool();

    @Test
    default void makesAnIntentAndItsCompletionDurable() {
        MaskedExchange exchange = exchange(1, Durability.STRICT);
        Flight flight = begin(exchange);

        Commit intent = spool().intent(exchange).await(LIMIT);
        flight.progress(5, 7);
        Commit completion = spool().complete(exchange, flight).await(LIMIT);

        assertThat(List.of(intent, completion)).containsOnly(Commit.DURABLE);
        assertThat(spool().state()).isInstanceOf(SpoolState.Working.class);
    }

    @Test
    default void makesARelaxedRecordDurableWhenSomebodyAsks() {
        MaskedExchange exchange = exchange(2, Durability.RELAXED);

        Commit commit = spool().complete(exchange, begin(exchange)).await(LIMIT);

        assertThat(commit).isEqualTo(Commit.DURABLE);
    }

    @Test
    default void saysTheSameEachTimeItIsAsked() {
        MaskedExchange exchange = exchange(3, Durability.STRICT);
        Ticket ticket = spool().complete(exchange, begin(exchange));

        Commit first = ticket.await(LIMIT);
        Commit second = ticket.await(Duration.ZERO);

        assertThat(first).isEqualTo(second).isEqualTo(Commit.DURABLE);
    }

    @Test
    default void needsTheBuffersNoLongerThanTheCallLasts() {
        var bytes = ByteBuffer.wrap("response".getBytes(StandardCharsets.ISO_8859_1));
        MaskedExchange exchange = new Given(exchange(4, Durability.STRICT).session(), bytes);
        int before = bytes.remaining();

        Ticket ticket = spool().complete(exchange, begin(exchange));
        int after = bytes.remaining();
        bytes.put(0, (byte) 'X');

        assertThat(ticket.await(LIMIT)).isEqualTo(Commit.DURABLE);
        assertThat(after).isEqualTo(before);
    }

    @Test
    default void takesAnIntentBack() {
        MaskedExchange exchange = exchange(5, Durability.STRICT);
        Flight flight = begin(exchange);
        spool().intent(exchange).await(LIMIT);

        flight.discard();
        flight.progress(1, 1);

        MaskedExchange next = exchange(6, Durability.STRICT);
        assertThat(spool().complete(next, begin(next)).await(LIMIT)).isEqualTo(Commit.DURABLE);
    }

    @Test
    default void servesManyThreads() throws InterruptedException {
        var commits = new ArrayList<Commit>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 50; i++) {
            MaskedExchange exchange = exchange(100 + i, i % 2 == 0 ? Durability.STRICT : Durability.RELAXED);
            threads.add(Thread.startVirtualThread(() -> {
                Commit commit = spool().complete(exchange, begin(exchange)).await(LIMIT);
                synchronized (commits) {
                    commits.add(commit);
                }
            }));
        }

        for (Thread thread : threads) {
            thread.join(LIMIT);
        }

        synchronized (commits) {
            assertThat(commits).hasSize(50).containsOnly(Commit.DURABLE);
        }
    }

    private Flight begin(MaskedExchange exchange) {
        Session session = exchange.session();
        return spool().begin(session.id(), session.service(), session.method(), session.durability());
    }

    /** An exchange with content that is gone after the call. */
    record Given(Session session, ByteBuffer response) implements MaskedExchange {
        @Override
        public List<ByteBuffer> requestBody() {
            return List.of();
        }

        @Override
        public List<ByteBuffer> responseBody() {
            return List.of(response);
        }
    }

    /** A small exchange; {@code number} makes its id. */
    static MaskedExchange exchange(long number, Durability durability) {
        var body = ByteBuffer.wrap("response".getBytes(StandardCharsets.ISO_8859_1));
        Session session = SessionBuilder.aSession()
                .id(new SessionId(0x0190_163D_8694_7000L, (1L << 63) | number))
                .durability(durability)
                .method("GET")
                .target("/")
                .request(SessionBuilder.message(List.of(new Field("Host", "payments")), 0))
                .response(SessionBuilder.message(List.of(new Field("Content-Length", "8")), 8))
                .build();
        return new Given(session, body);
    }
}
