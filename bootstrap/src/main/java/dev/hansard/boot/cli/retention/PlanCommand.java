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

/** {@code hansard retention plan}. */
@Command(name = "plan", description = "Show what would be removed now, by service and class. Nothing is removed.")
final class PlanCommand implements Callable<Integer> {
    private static final List<Table.Column> COLUMNS = List.of(
            Listing.text("SERVICE"),
            Listing.text("CLASS"),
            Listing.text("WHAT"),
            Listing.number("SEGMENTS"),
            Listing.number("SESSIONS"),
            Listing.number("SIZE"),
            Listing.number("HELD"),
            Listing.text("FROM"),
            Listing.text("TO"));

    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private Listing listing = new Listing();

    PlanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode plan;
        try (AdminClient client = admin.client(terminal)) {
            plan = client.json(RetentionCommands.RETENTION);
        }
        print(terminal, listing, plan);
        return ExitCode.DONE;
    }

    static void print(Terminal terminal, Listing listing, JsonNode plan) {
        listing.print(terminal, plan, COLUMNS, Listing::owner, PlanCommand::cells);
        if (!listing.isTable()) {
            return;
        }
        String next = Json.text(plan, "nextRun");
        terminal.hint(plan.path("sessions").asLong() + " sessions, " + Listing.size(plan, "bytes") + ", "
                + plan.path("segments").asLong() + " of "
                + plan.path("allSegments").asLong()
                + " segments are due; one run takes at most "
                + plan.path("mostSegments").asLong()
                + (next.isEmpty() ? "" : "; the next is at " + next));
        warn(terminal, "nothing is removed while the clock is in doubt: ", Json.text(plan, "doubt"));
        warn(terminal, "the last run: ", Json.text(plan, "trouble"));
        long unknown = plan.path("unknownSegments").asLong();
        if (unknown > 0) {
            terminal.hint(unknown + " segments are of classes that are not configured any more; they stay");
        }
    }

    private static void warn(Terminal terminal, String before, String text) {
        if (!text.isEmpty()) {
            terminal.hint(before + text);
        }
    }

    private static List<String> cells(JsonNode item) {
        return List.of(
                Json.text(item, "service"),
                Json.text(item, "class"),
                Json.text(item, "what"),
                item.path("segments").asText(),
                item.path("sessions").asText(),
                Listing.size(item, "bytes"),
                item.path("heldSessions").asText(),
                Listing.hour(item, "from"),
                Listing.hour(item, "to"));
    }
}
