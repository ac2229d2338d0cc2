// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.retention;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.Listing;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hansard hold ls}. */
@Command(name = "ls", description = "List legal holds, newest first, those that were removed too.")
final class HoldLsCommand implements Callable<Integer> {
    private static final List<Table.Column> COLUMNS = List.of(
            Listing.text("ID"),
            new Table.Column("NAME", false, true, 0),
            Listing.text("STATE"),
            Listing.number("SESSIONS"),
            new Table.Column("LAST", false, false, 1),
            new Table.Column("BY", false, false, 1),
            new Table.Column("QUERY", false, true, 2));

    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private Listing listing = new Listing();

    HoldLsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode holds;
        try (AdminClient client = admin.client(terminal)) {
            holds = client.json(RetentionCommands.HOLDS);
        }
        listing.print(terminal, holds, COLUMNS, hold -> Json.text(hold, "id"), HoldLsCommand::cells);
        return ExitCode.DONE;
    }

    private static List<String> cells(JsonNode hold) {
        JsonNode events = hold.path("events");
        JsonNode last = events.path(Math.max(0, events.size() - 1));
        return List.of(
                Json.text(hold, "id"),
                Json.text(hold, "name"),
                Json.text(hold, "state"),
                hold.path("sessions").asText(),
                Listing.hour(last, "at"),
                Json.text(last, "provider") + "/" + Json.text(last, "actor"),
                Json.text(hold, "query"));
    }
}
