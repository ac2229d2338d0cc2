// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.retention;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.text.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansard hold add}. */
@Command(
        name = "add",
        description = "Keep every session that a query finds now, until two people remove the hold.",
        footer = {"", "Sessions that come later are not held. A query: service:payments after:2026-01-01"})
final class HoldAddCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Option(names = "--query", required = true, paramLabel = "Q", description = "Which sessions.")
    private String query = "";

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "What the hold is called.")
    private String name = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "What it is for.")
    private String reason = "";

    HoldAddCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode hold;
        try (AdminClient client = admin.client(terminal)) {
            hold = client.post(
                    RetentionCommands.HOLDS,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("name", name)
                            .put("query", query)
                            .put("reason", reason));
        }
        terminal.out().println(Json.text(hold, "id"));
        terminal.hint(hold.path("sessions").asLong() + " sessions are held");
        return ExitCode.DONE;
    }
}
