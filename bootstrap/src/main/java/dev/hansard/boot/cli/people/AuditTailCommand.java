// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.OutputFormat;
import dev.hansard.boot.text.Json;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansard audit tail}. */
@Command(
        name = "tail",
        description = "Print entries as they are written, until it is stopped.",
        footer = {"", "A connection that is lost is made again, and nothing is missed or printed twice."})
final class AuditTailCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_AT_ONCE = 500;

    private final Terminal terminal;
    private final ZoneId zone;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Option(names = "--after", paramLabel = "NUMBER", description = "Begin with what came after that entry.")
    private long after = -1;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "Stop after so many.")
    private long count = Long.MAX_VALUE;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Stop after so long; with --count, exit with 5 when there were fewer.")
    private long timeoutSeconds;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|wide|json|ndjson|id",
            description = "How to print; json is one document a line here (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.TABLE;

    AuditTailCommand(Terminal terminal, ZoneId zone) {
        this.terminal = terminal;
        this.zone = zone;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (count < 1 || timeoutSeconds < 0) {
            throw CommandFailedException.usage("--count and --timeout must be positive", "");
        }
        long start = System.nanoTime();
        long limit = timeoutSeconds == 0
                ? Long.MAX_VALUE
                : Duration.ofSeconds(timeoutSeconds).toNanos();
        long left = count;
        try (AdminClient client = admin.client(terminal)) {
            long position = after >= 0 ? after : newest(client);
            while (left > 0 && !terminal.out().checkError()) {
                JsonNode entries = since(client, position, Math.min(left, MOST_AT_ONCE));
                for (JsonNode entry : entries) {
                    print(entry);
                    position = entry.path("number").asLong();
                    left--;
                }
                long rest = limit - (System.nanoTime() - start);
                if (left > 0 && rest <= 0) {
                    return count == Long.MAX_VALUE ? ExitCode.DONE : ExitCode.TIMED_OUT;
                }
                if (left > 0 && entries.isEmpty()) {
                    Thread.sleep(Duration.ofNanos(Math.min(rest, PAUSE.toNanos())));
                }
            }
        }
        return ExitCode.DONE;
    }

    private static long newest(AdminClient client) {
        return client.json(AuditCommand.PATH + "?limit=1")
                .path("items")
                .path(0)
                .path("number")
                .asLong();
    }

    /** Nothing when the node is away for the moment; a node that refuses will go on to refuse. */
    private JsonNode since(AdminClient client, long position, long most) {
        try {
            return client.json(AuditCommand.PATH + "?after=" + position + "&limit=" + most)
                    .path("items");
        } catch (CommandFailedException e) {
            if (e.isNotAllowed() || e.exitCode() != ExitCode.UNREACHABLE) {
                throw e;
            }
            terminal.err().println("the connection is lost; trying again");
            return MissingNode.getInstance();
        }
    }

    private void print(JsonNode entry) {
        var row = new AuditRow(entry, zone, output == OutputFormat.WIDE);
        terminal.out()
                .println(
                        switch (output) {
                            case JSON, NDJSON -> Json.line(entry);
                            case ID -> row.number();
                            case TABLE -> row.line();
                            case WIDE -> String.join("  ", row.cells());
                        });
    }
}
