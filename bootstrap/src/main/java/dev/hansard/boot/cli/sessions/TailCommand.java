// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.OutputFormat;
import dev.hansard.boot.cli.admin.Reconnecting;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.TextWidth;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansard sessions tail}. */
@Command(
        name = "tail",
        description = "Print sessions as they are recorded, until it is stopped.",
        footer = {"", "A connection that is lost is made again, and nothing is missed or printed twice."})
final class TailCommand implements Callable<Integer> {
    private static final int USUAL_COLUMNS = 160;

    private final Terminal terminal;
    private final ZoneId zone;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Parameters(paramLabel = "QUERY", arity = "0..*", description = "What to look for, such as status:>=500.")
    private List<String> query = new ArrayList<>();

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

    TailCommand(Terminal terminal, ZoneId zone) {
        this.terminal = terminal;
        this.zone = zone;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (count < 1 || timeoutSeconds < 0) {
            throw CommandFailedException.usage("--count and --timeout must be positive", "");
        }
        try (AdminClient client = admin.client(terminal)) {
            var following = new Following(client);
            if (timeoutSeconds == 0) {
                return following.follow();
            }
            return within(following);
        }
    }

    // The clock runs beside the reading, which may be silent for long; closing the client ends the reading.
    private int within(Following following) throws InterruptedException {
        var done = new CompletableFuture<Integer>();
        Thread.ofVirtual().name("hansard-tail").start(() -> {
            try {
                done.complete(following.follow());
            } catch (InterruptedException | RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        try {
            return done.get(timeoutSeconds, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            return count == Long.MAX_VALUE ? ExitCode.DONE : ExitCode.TIMED_OUT;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CommandFailedException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** One tail, over as many connections as it takes. */
    private final class Following implements Reconnecting.Reader {
        private final Reconnecting connections;
        private String lastId = "";
        private long left = count;

        Following(AdminClient client) {
            connections = new Reconnecting(terminal, client);
        }

        int follow() throws InterruptedException {
            return connections.follow(this);
        }

        @Override
        public Reconnecting.Request next() {
            String path = "/api/v1/sessions:tail?q=" + SessionPages.encoded(String.join(" ", query));
            return new Reconnecting.Request(path, lastId.isEmpty() ? Map.of() : Map.of("Last-Event-ID", lastId));
        }

        @Override
        public void read(InputStream in) throws IOException {
            var events = new EventStream(in, lastId);
            while (connections.isWanted(this)) {
                String data = events.next();
                lastId = events.lastId();
                if (data == null) {
                    return;
                }
                print(Json.parse(data.getBytes(StandardCharsets.UTF_8)));
                left--;
            }
        }

        @Override
        public long left() {
            return left;
        }
    }

    private void print(JsonNode session) {
        var row = new SessionRow(session, zone);
        String line = switch (output) {
            case JSON, NDJSON -> Json.line(session);
            case ID -> row.id();
            case WIDE -> String.join("  ", row.wideCells());
            case TABLE -> line(row.cells());
        };
        terminal.out().println(line);
    }

    // Rows come one by one, so the widths are fixed and only the target gives way.
    private String line(List<String> cells) {
        int room = Math.min(terminal.columns(), USUAL_COLUMNS);
        String before = String.join(
                "  ",
                cells.get(0),
                TextWidth.padRight(cells.get(1), 12),
                TextWidth.padLeft(cells.get(2), 3),
                TextWidth.padRight(cells.get(3), 6));
        String after = TextWidth.padLeft(cells.get(5), 7) + "  " + cells.get(7);
        int target = Math.max(16, room - TextWidth.of(before) - TextWidth.of(after) - 4);
        return before + "  " + TextWidth.padRight(TextWidth.cut(cells.get(4), target), target) + "  " + after;
    }
}
