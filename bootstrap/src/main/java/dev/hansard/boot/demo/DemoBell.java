// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import dev.hansard.boot.settings.sinks.SinkSettings;
import dev.hansard.boot.wiring.NodeClock;
import dev.hansard.http.webhook.WebhookSettings;
import dev.hansard.ports.value.Secret;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gets the demo's notices about approvals as any receiver of webhooks would, and says on the terminal what can be done.
 */
final class DemoBell implements AutoCloseable {
    private static final String NAME = "terminal";
    private static final int SECRET_BYTES = 24;

    private final PrintStream out;
    private final SinkSettings sink;
    private final WebServer server;
    private volatile String option = "";

    DemoBell(PrintStream out, NodeClock clock) {
        this.out = out;
        this.server = WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(0)
                .shutdownHook(false)
                .routing(HttpRouting.builder().post("/", this::ring))
                .build()
                .start();
        this.sink = new SinkSettings(NAME, webhook(clock), Map.of());
    }

    private WebhookSettings webhook(NodeClock clock) {
        var random = new byte[SECRET_BYTES];
        clock.secrets().nextBytes(random);
        return new WebhookSettings(
                NAME,
                URI.create("http://127.0.0.1:" + server.port() + "/"),
                Secret.of("whsec_" + Base64.getEncoder().encodeToString(random)),
                List.of("approval"),
                WebhookSettings.Limits.DEFAULT);
    }

    /** Where the demo's node sends its notices. */
    SinkSettings sink() {
        return sink;
    }

    /** What commands need besides, so that they find the admin plane. */
    void commandsNeed(String adminOption) {
        option = adminOption;
    }

    private void ring(ServerRequest request, ServerResponse response) {
        String notice = request.content().as(String.class);
        response.send();
        String id = text(notice, "id");
        switch (text(notice, "type")) {
            case "approval.requested" -> asked(id, text(notice, "link"));
            case "approval.decided" ->
                say("%s: %s by %s.".formatted(id, text(notice, "state"), text(notice, "decidedBy")));
            default -> say("%s: %s.".formatted(id, text(notice, "state")));
        }
    }

    private void asked(String id, String link) {
        say("""
                A refund above 1000 waits for an approval, %1$s.
                Its caller is billing, which is Alex Admin's, so that he may not give it. Rohan Reviewer may:

                  ./hansard login%2$s
                  ./hansard approvals ls%2$s
                  ./hansard approvals approve %1$s%2$s

                or with a browser at %3$s
                """.formatted(id, option, link));
    }

    private void say(String text) {
        out.println();
        out.println(text.stripTrailing());
        out.flush();
    }

    /** A member of the one kind of JSON that a notice of ours is: no escapes in these. */
    private static String text(String json, String name) {
        Matcher member = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        return member.find() ? member.group(1) : "";
    }

    @Override
    public void close() {
        server.stop();
    }
}
