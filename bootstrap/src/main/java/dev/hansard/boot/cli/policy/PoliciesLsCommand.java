// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.Listing;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hansard policies ls}. */
@Command(name = "ls", description = "List the policies in force, and how often each applied since the node's start.")
final class PoliciesLsCommand implements Callable<Integer> {
    private static final List<Table.Column> COLUMNS = List.of(
            new Table.Column("POLICY", false, false, 0),
            new Table.Column("ACTION", false, false, 0),
            new Table.Column("APPLIED", true, false, 0),
            new Table.Column("FAILED", true, false, 1),
            new Table.Column("SERVICES", false, true, 2),
            new Table.Column("PLACE", false, false, 3));

    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private Listing listing = new Listing();

    PoliciesLsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode inForce;
        try (AdminClient client = admin.client(terminal)) {
            inForce = client.json("/api/v1/policies");
        }
        listing.print(terminal, inForce, COLUMNS, item -> Json.text(item, "name"), PoliciesLsCommand::cells);
        if (listing.isTable()) {
            terminal.hint("version " + Json.text(inForce, "version") + "; a request that no policy is for: "
                    + Json.text(inForce, "unmatched"));
        }
        return ExitCode.DONE;
    }

    private static List<String> cells(JsonNode item) {
        var services = new ArrayList<String>();
        item.path("services").forEach(service -> services.add(service.asText()));
        return List.of(
                Json.text(item, "name"),
                Json.text(item, "action") + (item.path("observe").asBoolean() ? " (observes)" : ""),
                item.path("applied").asText(),
                item.path("failed").asText(),
                String.join(", ", services),
                Json.text(item, "place"));
    }
}
