// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Visible;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Signs a person in by a browser, on this machine or another: says where to go, and asks the node how far they are. Only
 * the node speaks with the provider.
 */
final class DeviceLogin {
    private static final String BEGIN = "/api/v1/sign-ins";
    private static final String POLL = "/api/v1/sign-ins:poll";
    private static final long LONGEST_PAUSE = 60;

    private final AdminClient client;
    private final Terminal terminal;

    DeviceLogin(AdminClient client, Terminal terminal) {
        this.client = client;
        this.terminal = terminal;
    }

    /**
     * Waits for the person.
     *
     * @return what the node says of them, with their token
     */
    JsonNode run(@Nullable String provider) {
        ObjectNode asked = JsonNodeFactory.instance.objectNode();
        if (provider != null) {
            asked.put("provider", provider);
        }
        JsonNode begun = client.post(BEGIN, asked);
        invite(begun);
        ObjectNode attempt = JsonNodeFactory.instance.objectNode().put("attempt", Json.text(begun, "attempt"));
        long left = begun.path("expiresIn").asLong();
        long pause = pause(begun);
        while (true) {
            show("waiting for you to sign in, " + left / 60 + " min " + left % 60 + " s left ");
            sleep(pause);
            left = Math.max(0, left - pause);
            JsonNode now = client.post(POLL, attempt);
            if (now.has("token")) {
                show("");
                return now;
            }
            pause = pause(now);
        }
    }

    private void invite(JsonNode begun) {
        terminal.err().println("Open  " + Visible.inLine(Json.text(begun, "verificationUri")));
        terminal.err().println("and type in  " + Visible.inLine(Json.text(begun, "userCode")));
        String direct = Json.text(begun, "verificationUriComplete");
        if (!direct.isEmpty()) {
            terminal.err().println("or open  " + Visible.inLine(direct));
        }
        terminal.err().println("Do so only if it was you who began this.");
    }

    /** One line that is written over; nothing where nobody looks. */
    private void show(String text) {
        if (terminal.errIsTerminal()) {
            terminal.err().print("\r" + text + "\u001b[K");
            terminal.err().flush();
        }
    }

    private static long pause(JsonNode said) {
        return Math.clamp(said.path("interval").asLong(), 1, LONGEST_PAUSE);
    }

    private static void sleep(long seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(ExitCode.TIMED_OUT, "interrupted", "");
        }
    }
}
