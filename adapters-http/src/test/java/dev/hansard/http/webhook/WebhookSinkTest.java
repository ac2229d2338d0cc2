// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hansard.http.webhook.WebhookSettings.Limits;
import dev.hansard.ports.notify.Notice;
import dev.hansard.ports.notify.NoticeSink.Figures;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WebhookSinkTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Secret SECRET = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final Limits QUICK = new Limits(
            Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMillis(1), Duration.ofMillis(4), LIMIT, 3);

    private final ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private final CountDownLatch hang = new CountDownLatch(1);
    private HttpServer server;
    private @Nullable WebhookSink sink;

    /** What came. */
    private record Posted(String id, String timestamp, String signature, String content) {}

    @SuppressWarnings("NullAway.Init") // JUnit starts it.
    WebhookSinkTest() {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Thread::startVirtualThread);
        server.start();
    }

    @AfterEach
    void stop() {
        hang.countDown();
        if (sink != null) {
            sink.close();
        }
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        String content = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        posted.add(new Posted(
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                content));
        Integer status = statuses.poll();
        if (status != null && status == 0) {
            pause(hang);
        }
        if (status != null && status / 100 == 3) {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
        }
        exchange.sendResponseHeaders(status == null || status == 0 ? 204 : status, -1);
        exchange.close();
    }

    private static void pause(CountDownLatch latch) {
        try {
            boolean _ = latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private WebhookSink open(Limits limits, String... events) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
        var settings = new WebhookSettings("ops", url, SECRET, List.of(events), limits);
        var opened = WebhookSink.open(settings, new WebhookSink.Clocks(() -> NOON, System::nanoTime, new Random(1)));
        sink = opened;
        return opened;
    }

    private static Notice notice(int number) {
        return new Notice("alert.raised", NOON, "{\"number\":" + number + "}");
    }

    private Figures settled(WebhookSink told) {
        await().atMost(LIMIT).until(() -> told.figures().waiting() == 0);
        return told.figures();
    }

    @Test
    void deliversSignedAndInOrder() {
        WebhookSink told = open(QUICK);

        told.tell(notice(1));
        told.tell(notice(2));

        assertThat(settled(told)).isEqualTo(new Figures(0, 2, 0, 0, ""));
        Posted first = posted.getFirst();
        assertThat(first.content())
                .isEqualTo(
                        "{\"type\":\"alert.raised\",\"timestamp\":\"2026-11-23T12:00:00Z\",\"data\":{\"number\":1}}");
        assertThat(first.id())
                .matches("msg_[0-9a-f]{32}")
                .isNotEqualTo(posted.getLast().id());
        assertThat(first.timestamp()).isEqualTo(Long.toString(NOON.getEpochSecond()));
        assertThat(first.signature())
                .isEqualTo(Signature.of(SECRET)
                        .sign(first.id(), NOON.getEpochSecond(), first.content().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void triesAgainUnderTheSameIdUntilItIsTaken() {
        statuses.addAll(List.of(500, 503, 429));
        WebhookSink told = open(QUICK);

        told.tell(notice(1));

        assertThat(settled(told)).isEqualTo(new Figures(0, 1, 3, 0, ""));
        assertThat(posted)
                .hasSize(4)
                .extracting(Posted::id)
                .containsOnly(posted.getFirst().id());
    }

    @Test
    void doesNotFollowARedirect() {
        statuses.addAll(List.of(307));
        WebhookSink told = open(QUICK);

        told.tell(notice(1));

        assertThat(settled(told).failed()).isEqualTo(1);
        assertThat(posted).hasSize(2);
    }

    @Test
    void givesUpWhatIsRefusedAndGoesOn() {
        statuses.addAll(List.of(400, 400, 400));
        WebhookSink told = open(QUICK);

        told.tell(notice(1));
        told.tell(notice(2));

        assertThat(settled(told)).isEqualTo(new Figures(0, 1, 3, 1, ""));
        assertThat(posted.getLast().content()).contains("\"number\":2");
    }

    @Test
    void endsWhereNothingIsWantedAnyMore() {
        statuses.add(410);
        WebhookSink told = open(QUICK);

        told.tell(notice(1));
        settled(told);
        told.tell(notice(2));

        assertThat(posted).hasSize(1);
        assertThat(told.figures().dropped()).isEqualTo(2);
        assertThat(told.figures().trouble()).contains("410");
    }

    @Test
    void triesAgainWhenThereIsNoAnswerInTime() {
        statuses.add(0);
        var impatient = new Limits(LIMIT, Duration.ofMillis(200), QUICK.firstPause(), QUICK.longestPause(), LIMIT, 3);
        WebhookSink told = open(impatient);

        told.tell(notice(1));
        await().atMost(LIMIT).until(() -> told.figures().failed() > 0);
        hang.countDown();

        assertThat(settled(told).delivered()).isEqualTo(1);
    }

    @Test
    void dropsWhatThereIsNoRoomFor() {
        statuses.add(0);
        WebhookSink told = open(QUICK);

        for (int i = 0; i < 5; i++) {
            told.tell(notice(i));
        }

        assertThat(told.figures().waiting()).isEqualTo(3);
        assertThat(told.figures().dropped()).isEqualTo(2);
    }

    @Test
    void tellsOnlyWhatIsWanted() {
        WebhookSink told = open(QUICK, "alert.cleared", "approval");

        told.tell(notice(1));
        told.tell(new Notice("approval.requested", NOON, "{}"));

        assertThat(settled(told).delivered()).isEqualTo(1);
        assertThat(posted.getFirst().content()).contains("approval.requested");
    }

    @Test
    void countsWhatItCouldNotDeliverBeforeItsEnd() {
        statuses.add(500);
        var slow = new Limits(LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, 3);
        WebhookSink told = open(slow);
        told.tell(notice(1));
        await().atMost(LIMIT).until(() -> told.figures().failed() > 0);

        told.close(Duration.ofSeconds(5));

        assertThat(told.figures().dropped()).isEqualTo(1);
        assertThat(told.figures().waiting()).isZero();
    }

    @Test
    void refusesAUrlWithAUser() {
        assertThatThrownBy(() ->
                        new WebhookSettings("ops", URI.create("https://user:word@host/"), SECRET, List.of(), QUICK))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageNotContaining("word");
    }
}
