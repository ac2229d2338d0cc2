// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.OutputFormat;
import dev.hansard.boot.cli.admin.Reconnecting;
import dev.hansard.boot.cli.sessions.EventStream;
import dev.hansard.boot.text.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansard approvals watch}. */
@Command(
        name = "watch",
        description = "Print what waits, and then each change as it comes, until it is stopped.",
        footer = {"", "A connection that is lost is made again, and nothing is printed twice."})
final class ApprovalsWatchCommand implements Callable<Integer> {
    private static final String BELL = "\u0007";

    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "Stop after so many lines.")
    private long count = Long.MAX_VALUE;

    @Option(names = "--bell", description = "Ring the terminal's bell for each request that begins to wait.")
    private boolean bell;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|wide|json|ndjson|id",
            description = "How to print; json is one document a line here (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.TABLE;

    /** The versions that were printed of what is open. */
    private final Map<String, Long> printed = new HashMap<>();

    ApprovalsWatchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (count < 1) {
            throw CommandFailedException.usage("--count must be positive", "");
        }
        try (AdminClient client = admin.client(terminal)) {
            var connections = new Reconnecting(terminal, client);
            return connections.follow(new Watching(connections));
        }
    }

    /** What is open is told anew by each connection. */
    private final class Watching implements Reconnecting.Reader {
        private final Reconnecting connections;

        Watching(Reconnecting connections) {
            this.connections = connections;
        }

        @Override
        public Reconnecting.Request next() {
            return new Reconnecting.Request(ApprovalCommands.APPROVALS + ":watch", Map.of());
        }

        @Override
        public void read(InputStream in) throws IOException {
            var events = new EventStream(in, "");
            String data = events.next();
            while (data != null && connections.isWanted(this)) {
                take(Json.parse(data.getBytes(StandardCharsets.UTF_8)));
                data = count > 0 ? events.next() : null;
            }
        }

        @Override
        public long left() {
            return count;
        }
    }

    private void take(JsonNode approval) {
        String id = Json.text(approval, "id");
        long version = approval.path("version").asLong();
        if (id.isEmpty() || printed.getOrDefault(id, 0L) >= version) {
            return; // The end of what was open, or known already.
        }
        String state = Json.text(approval, "state");
        boolean isNew = !printed.containsKey(id) && state.equals("pending");
        if (state.equals("pending") || state.equals("approved")) {
            printed.put(id, version);
        } else {
            printed.remove(id);
        }
        print(approval, state, isNew);
        count--;
    }

    private void print(JsonNode approval, String state, boolean isNew) {
        var row = new ApprovalRow(approval);
        String line = switch (output) {
            case JSON, NDJSON -> Json.line(approval);
            case ID -> row.id();
            case TABLE, WIDE -> String.join("  ", row.cells());
        };
        terminal.out().println(line);
        if (bell && isNew && terminal.errIsTerminal()) {
            terminal.err().print(BELL);
            terminal.err().flush();
        }
        if (output == OutputFormat.WIDE && state.equals("pending")) {
            row.policies().forEach(policy -> terminal.out().println("    " + policy));
        }
    }
}
