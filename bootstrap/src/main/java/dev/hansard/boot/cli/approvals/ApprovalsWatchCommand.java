// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.OutputFormat;
import dev.hansard.boot.cli.sessions.EventStream;
import dev.hansard.boot.text.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansard approvals watch}. */
@Command(
        name = "watch",
        description = "Print what waits, and then each change as it comes, until it is stopped.",
        footer = {"", "A connection that is lost is made again, and nothing is printed twice."})
final class ApprovalsWatchCommand implements Callable<Integer> {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
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

    private boolean wasConnected;

    ApprovalsWatchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (count < 1) {
            throw CommandFailedException.usage("--count must be positive", "");
        }
        Duration pause = FIRST_PAUSE;
        try (AdminClient client = admin.client(terminal)) {
            while (count > 0 && !terminal.out().checkError()) {
                long before = count;
                CommandFailedException failure = once(client);
                if (failure != null && !isWorthRetrying(failure)) {
                    throw failure;
                }
                if (count > 0) {
                    pause = count < before ? FIRST_PAUSE : pause;
                    terminal.err().println("the connection is lost; trying again");
                    Thread.sleep(pause);
                    Duration doubled = pause.multipliedBy(2);
                    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
                }
            }
        }
        return ExitCode.DONE;
    }

    // A node that is restarted comes back; a key that was revoked does not.
    private boolean isWorthRetrying(CommandFailedException failure) {
        return wasConnected && failure.exitCode() == ExitCode.UNREACHABLE && !failure.isNotAllowed();
    }

    /** Reads one connection to its end; why it could not be had, or null. */
    private @Nullable CommandFailedException once(AdminClient client) {
        Map<String, String> fields = Map.of("Accept", "text/event-stream");
        try (InputStream in =
                client.get(ApprovalCommands.APPROVALS + ":watch", fields).body()) {
            wasConnected = true;
            var events = new EventStream(in, "");
            String data = events.next();
            while (data != null && count > 0 && !terminal.out().checkError()) {
                take(Json.parse(data.getBytes(StandardCharsets.UTF_8)));
                data = count > 0 ? events.next() : null;
            }
            return null;
        } catch (IOException _) {
            return null; // The connection broke; what is open is told anew.
        } catch (CommandFailedException e) {
            return e;
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
