// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.retention;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hansard storage stat}. */
@Command(name = "stat", description = "Show what the segments of each service and class take, and what they come to.")
final class StatCommand implements Callable<Integer> {
    private static final List<Table.Column> COLUMNS = List.of(
            Listing.text("SERVICE"),
            Listing.text("CLASS"),
            Listing.number("SEGMENTS"),
            Listing.number("SESSIONS"),
            Listing.number("SIZE"),
            Listing.number("A DAY"),
            Listing.number("EXPECTED"),
            Listing.text("OLDEST"));

    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private Listing listing = new Listing();

    StatCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode use;
        try (AdminClient client = admin.client(terminal)) {
            use = client.json(RetentionCommands.STORAGE);
        }
        listing.print(terminal, use, COLUMNS, Listing::owner, StatCommand::cells);
        return ExitCode.DONE;
    }

    private static List<String> cells(JsonNode item) {
        return List.of(
                Json.text(item, "service"),
                Json.text(item, "class"),
                item.path("segments").asText(),
                item.path("sessions").asText(),
                Listing.size(item, "bytes"),
                Listing.size(item, "bytesPerDay"),
                Listing.size(item, "expectedBytes"),
                Listing.hour(item, "oldest"));
    }
}
