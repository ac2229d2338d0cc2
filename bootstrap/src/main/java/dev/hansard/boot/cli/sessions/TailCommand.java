// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.sessions;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.OutputFormat;
import dev.hansard.boot.text.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
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
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

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
    private final class Following {
        private final AdminClient client;
        private String lastId = "";
        private long left = count;
        private boolean wasConnected;
        private final RowPrinter printer = new RowPrinter(terminal, zone, output);

        Following(AdminClient client) {
            this.client = client;
        }

        int follow() throws InterruptedException {
            Duration pause = FIRST_PAUSE;
            while (left > 0 && !terminal.out().checkError()) {
                long before = left;
                CommandFailedException failure = once();
                if (failure != null && !isWorthRetrying(failure)) {
                    throw failure;
                }
                if (left > 0) {
                    pause = left < before ? FIRST_PAUSE : pause;
                    terminal.err().println("the connection is lost; trying again");
                    Thread.sleep(pause);
                    Duration doubled = pause.multipliedBy(2);
                    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
                }
            }
            return ExitCode.DONE;
        }

        // A node that is restarted comes back; a key that was revoked does not.
        private boolean isWorthRetrying(CommandFailedException failure) {
            return wasConnected && failure.exitCode() == ExitCode.UNREACHABLE && !failure.isNotAllowed();
        }

        /** Reads one connection to its end; why it could not be had, or null. */
        private @Nullable CommandFailedException once() {
            String path = "/api/v1/sessions:tail?q=" + SessionPages.encoded(String.join(" ", query));
            Map<String, String> fields = new HashMap<>(Map.of("Accept", "text/event-stream"));
            if (!lastId.isEmpty()) {
                fields.put("Last-Event-ID", lastId);
            }
            try (InputStream in = client.get(path, fields).body()) {
                wasConnected = true;
                var events = new EventStream(in, lastId);
                while (left > 0 && !terminal.out().checkError()) {
                    String data = events.next();
                    lastId = events.lastId();
                    if (data == null) {
                        return null;
                    }
                    printer.print(Json.parse(data.getBytes(StandardCharsets.UTF_8)));
                    left--;
                }
                return null;
            } catch (IOException _) {
                return null; // The connection broke; the id says where to go on.
            } catch (CommandFailedException e) {
                return e;
            }
        }
    }
}
