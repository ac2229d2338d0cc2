// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.OutputFormat;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Table;
import dev.hansard.ports.audit.AuditLog;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansard audit ls}. */
@Command(name = "ls", description = "List what was done, newest first. That you looked is in the log, too.")
final class AuditLsCommand implements Callable<Integer> {
    private static final int MOST = 100_000;

    private final Terminal terminal;
    private final ZoneId zone;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Option(names = "--before", paramLabel = "NUMBER", description = "Only entries with a smaller number.")
    private long before = Long.MAX_VALUE;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many (default: ${DEFAULT-VALUE}).",
            defaultValue = "50")
    private int limit = 50;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|wide|json|ndjson|id",
            description = "How to print; id is the number (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.TABLE;

    AuditLsCommand(Terminal terminal, ZoneId zone) {
        this.terminal = terminal;
        this.zone = zone;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST || before < 1) {
            throw CommandFailedException.usage("--limit must be 1 to " + MOST + ", and --before 1 or more", "");
        }
        List<JsonNode> entries = new ArrayList<>();
        try (AdminClient client = admin.client(terminal)) {
            boolean hasMore = true;
            while (hasMore && entries.size() < limit) {
                int most = Math.min(AuditLog.MOST_ENTRIES, limit - entries.size());
                List<JsonNode> page = page(client, most);
                entries.addAll(page);
                hasMore = page.size() == most && before > 1;
            }
        }
        print(entries);
        return ExitCode.DONE;
    }

    private List<JsonNode> page(AdminClient client, int most) {
        List<JsonNode> page = new ArrayList<>();
        String bound = before == Long.MAX_VALUE ? "" : "&before=" + before;
        client.json(AuditCommand.PATH + "?limit=" + most + bound).path("items").forEach(page::add);
        if (!page.isEmpty()) {
            before = page.getLast().path("number").asLong(1);
        }
        return page;
    }

    private void print(List<JsonNode> entries) {
        switch (output) {
            case TABLE, WIDE -> table(entries);
            case JSON -> {
                ObjectNode document = JsonNodeFactory.instance.objectNode();
                ArrayNode items = document.putArray("items");
                entries.forEach(items::add);
                terminal.out().println(Json.pretty(document));
            }
            case NDJSON -> entries.forEach(entry -> terminal.out().println(Json.line(entry)));
            case ID ->
                entries.forEach(entry -> terminal.out().println(row(entry).number()));
        }
        if (entries.isEmpty()) {
            terminal.hint("there is no entry before that number");
        } else if (entries.size() == limit && before > 1) {
            terminal.hint("there are more: add --before " + before);
        }
    }

    private void table(List<JsonNode> entries) {
        var table = new Table(AuditRow.COLUMNS, output == OutputFormat.WIDE ? Integer.MAX_VALUE : terminal.columns());
        entries.forEach(entry -> table.add(row(entry).cells()));
        table.lines().forEach(terminal.out()::println);
    }

    private AuditRow row(JsonNode entry) {
        return new AuditRow(entry, zone, output == OutputFormat.WIDE);
    }
}
