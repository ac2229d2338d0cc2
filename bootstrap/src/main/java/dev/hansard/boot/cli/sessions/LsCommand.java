// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.sessions;

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
import dev.hansard.boot.text.Visible;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansard sessions ls}. */
@Command(name = "ls", description = "List sessions, newest first.")
final class LsCommand implements Callable<Integer> {
    private static final int MOST = 100_000;

    private final Terminal terminal;
    private final ZoneId zone;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Parameters(paramLabel = "QUERY", arity = "0..*", description = "What to look for, such as status:>=500.")
    private List<String> query = new ArrayList<>();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private int limit = 20;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where an earlier list ended.")
    private @Nullable String cursor;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|wide|json|ndjson|id",
            description = "How to print (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.TABLE;

    LsCommand(Terminal terminal, ZoneId zone) {
        this.terminal = terminal;
        this.zone = zone;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST) {
            throw CommandFailedException.usage("--limit must be 1 to " + MOST + ", but is " + limit, "");
        }
        List<JsonNode> sessions = new ArrayList<>();
        try (AdminClient client = admin.client(terminal)) {
            var pages = new SessionPages(client, String.join(" ", query), cursor);
            do {
                sessions.addAll(pages.next(limit - sessions.size()));
            } while (pages.hasMore() && sessions.size() < limit);
            print(sessions, pages.cursor());
        }
        return ExitCode.DONE;
    }

    private void print(List<JsonNode> sessions, @Nullable String next) {
        switch (output) {
            case TABLE, WIDE -> table(sessions);
            case JSON -> terminal.out().println(Json.pretty(document(sessions, next)));
            case NDJSON -> sessions.forEach(session -> terminal.out().println(Json.line(session)));
            case ID -> sessions.forEach(session -> terminal.out().println(new SessionRow(session, zone).id()));
        }
        if (sessions.isEmpty()) {
            terminal.hint("no session matches");
        } else if (next != null) {
            terminal.hint("there are more: add --limit " + 10L * limit + ", or --cursor " + Visible.inLine(next));
        }
    }

    private void table(List<JsonNode> sessions) {
        boolean wide = output == OutputFormat.WIDE;
        var table = new Table(
                wide ? SessionRow.WIDE_COLUMNS : SessionRow.COLUMNS, wide ? Integer.MAX_VALUE : terminal.columns());
        for (JsonNode session : sessions) {
            var row = new SessionRow(session, zone);
            table.add(wide ? row.wideCells() : row.cells());
        }
        table.lines().forEach(terminal.out()::println);
    }

    private static ObjectNode document(List<JsonNode> sessions, @Nullable String next) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode items = document.putArray("items");
        sessions.forEach(items::add);
        if (next != null) {
            document.put("nextCursor", next);
        }
        return document;
    }
}
