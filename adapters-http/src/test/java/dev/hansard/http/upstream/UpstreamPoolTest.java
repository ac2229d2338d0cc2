// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.upstream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hansard.http.deadline.Deadlines;
import dev.hansard.http.wire.WireLimits;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UpstreamPoolTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicLong clock = new AtomicLong();
    private final Deadlines deadlines = new Deadlines(clock::get);
    private final UpstreamPool pool = new UpstreamPool(WireLimits.DEFAULT, deadlines);
    private ServerSocket server;
    private UpstreamAddress address;
    private Service service;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        address = new UpstreamAddress(false, "127.0.0.1", server.getLocalPort());
        service = service("test");
    }

    @AfterEach
    void close() throws IOException {
        pool.close();
        deadlines.close();
        server.close();
    }

    private Service service(String name) {
        return new Service(
                new ServiceName(name),
                List.of(address),
                UpstreamTls.DEFAULT,
                UpstreamTimeouts.DEFAULT,
                List.of(Match.ANY),
                RecordPolicy.DEFAULT,
                RetentionClass.DEFAULT,
                Map.of());
    }

    /** A connection and its other end. */
    private record Line(UpstreamConnection near, Socket far) {
        void say(String bytes) throws IOException {
            far.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Whether the pool has ended it. */
        boolean isEnded() throws IOException {
            far.setSoTimeout((int) PATIENCE.toMillis());
            return far.getInputStream().readAllBytes().length == 0;
        }
    }

    private Line connect() throws IOException {
        UpstreamConnection near = pool.connect(service, address);
        return new Line(near, server.accept());
    }

    /** One whose response has come. */
    private Line answered(String response) throws IOException {
        Line line = connect();
        line.near().expectResponse("GET");
        line.say(response);
        line.near().readHead();
        line.near().beginBody();
        while (!line.near().drain((_, _, _) -> {})) {
            line.near().readMore(PATIENCE);
        }
        return line;
    }

    private void move(Duration by) {
        long time = clock.addAndGet(by.toNanos());
        await().atMost(10, SECONDS).until(() -> deadlines.now() == time);
    }

    /** Asks until the news has come in, as loopback may take a moment. */
    private void discardsIt() {
        await().atMost(10, SECONDS).until(() -> {
            UpstreamConnection kept = pool.reuse(service, address);
            if (kept != null) {
                pool.release(service, kept);
            }
            return kept == null;
        });
    }

    @Test
    void reusesTheConnectionUsedLastFirst() throws IOException {
        Line first = answered(OK);
        Line second = answered(OK);
        pool.release(service, first.near());
        pool.release(service, second.near());

        assertThat(pool.reuse(service, address)).isSameAs(second.near());
        assertThat(pool.reuse(service, address)).isSameAs(first.near());
        assertThat(pool.reuse(service, address)).isNull();
    }

    @Test
    void sharesNoConnectionBetweenServices() throws IOException {
        pool.release(service, answered(OK).near());

        assertThat(pool.reuse(service("other"), address)).isNull();
    }

    @Test
    void discardsAConnectionWithAnUnreadByte() throws IOException {
        Line line = answered(OK);
        pool.release(service, line.near());

        line.say("H");

        discardsIt();
    }

    @Test
    void discardsAConnectionThatTheUpstreamEnded() throws IOException {
        Line line = answered(OK);
        pool.release(service, line.near());

        line.far().close();

        discardsIt();
    }

    @Test
    void doesNotKeepAConnectionWithMoreThanTheResponse() throws IOException {
        Line line = answered(OK + "HTTP/1.1 200 OK\r\n");

        pool.release(service, line.near());

        assertThat(pool.reuse(service, address)).isNull();
    }

    @Test
    void doesNotKeepAConnectionWhoseResponseIsUnread() throws IOException {
        Line line = connect();
        line.near().expectResponse("GET");
        line.say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok");
        line.near().readHead();
        line.near().beginBody();
        line.near().drain((_, _, _) -> {});

        pool.release(service, line.near());

        assertThat(pool.reuse(service, address)).isNull();
        assertThat(line.isEnded()).isTrue();
    }

    @Test
    void doesNotKeepAConnectionThatTheUpstreamWantsClosed() throws IOException {
        Line line = answered("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");

        pool.release(service, line.near());

        assertThat(pool.reuse(service, address)).isNull();
        assertThat(line.isEnded()).isTrue();
    }

    @Test
    void usesNoConnectionThatWasIdleForTooLong() throws IOException {
        Line line = answered(OK);
        pool.release(service, line.near());

        move(Duration.ofNanos(UpstreamPool.IDLE_NANOS));

        assertThat(pool.reuse(service, address)).isNull();
        assertThat(line.isEnded()).isTrue();
    }

    @Test
    void closesWhatIsIdleForTooLongAlthoughNobodyCallsAnyMore() throws IOException {
        Line first = answered(OK);
        Line second = answered(OK);
        pool.release(service, first.near());
        pool.release(service, second.near());

        move(Duration.ofNanos(UpstreamPool.IDLE_NANOS));
        move(Duration.ofNanos(UpstreamPool.IDLE_NANOS));

        assertThat(first.isEnded()).isTrue();
        assertThat(second.isEnded()).isTrue();
    }

    @Test
    void keepsTheYoungWhenItClosesTheAged() throws IOException {
        Line old = answered(OK);
        Line young = answered(OK);
        pool.release(service, old.near());
        move(Duration.ofNanos(UpstreamPool.IDLE_NANOS / 2));
        pool.release(service, young.near());

        move(Duration.ofNanos(UpstreamPool.IDLE_NANOS / 2 + 1));

        assertThat(old.isEnded()).isTrue();
        assertThat(pool.reuse(service, address)).isSameAs(young.near());
    }

    @Test
    void closesAllWhenItIsClosed() throws IOException {
        Line idle = answered(OK);
        Line used = answered(OK);
        pool.release(service, idle.near());

        pool.close();
        pool.release(service, used.near());

        assertThat(idle.isEnded()).isTrue();
        assertThat(used.isEnded()).isTrue();
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        server.close();

        assertThatThrownBy(() -> pool.connect(service, address))
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.code()).isEqualTo("upstream_unreachable"));
    }
}
