// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.OutputFormat;
import dev.hansard.boot.cli.admin.ReasonOption;
import dev.hansard.boot.settings.yaml.Amounts;
import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.boot.text.Figures;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Progress;
import dev.hansard.boot.text.ProgressBar;
import dev.hansard.boot.text.Visible;
import dev.hansard.ports.search.ContentQuery;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansard sessions search}. */
@Command(
        name = "search",
        description = "Find sessions by what their contents say, newest first.",
        footer = {
            "",
            "Upper and lower case are the same, and words are whole: ord_12 is not in ord_123. The contents are the",
            "recorded ones, so what was masked is not found. Every search is in the audit log.",
            "",
            "Example: hansard sessions search 'body:\"ord_123\" service:payments after:2d'"
        })
final class SearchCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/sessions:search?q=";
    private static final long MEBIBYTE = 1024L * 1024;
    private static final int LONGEST_LINE = 1024 * 1024;

    private final Terminal terminal;
    private final ZoneId zone;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Parameters(paramLabel = "QUERY", arity = "1..*", description = "What to look for, with body:\"...\".")
    private List<String> query = new ArrayList<>();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "Stop after so many (default: ${DEFAULT-VALUE}).",
            defaultValue = "100")
    private int limit = 100;

    @Option(
            names = "--max-bytes",
            paramLabel = "SIZE",
            description = "Read at most so much of records (default: ${DEFAULT-VALUE}).",
            defaultValue = "256MiB")
    private String maxBytes = "256MiB";

    @Option(names = "--from", paramLabel = "ID", description = "Go on where an earlier search ended.")
    private @Nullable String from;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|wide|json|ndjson|id",
            description = "How to print; json is one document a line here (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.TABLE;

    SearchCommand(Terminal terminal, ZoneId zone) {
        this.terminal = terminal;
        this.zone = zone;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw CommandFailedException.usage("--limit must be positive, but is " + limit, "");
        }
        long most = most();
        String path = PATH + SessionPages.encoded(String.join(" ", query)) + "&maxBytes=" + most
                + (from == null ? "" : "&from=" + SessionsCommand.id(from));
        Progress progress = terminal.errIsTerminal() ? new ProgressBar(terminal.err()) : Progress.NONE;
        try (AdminClient client = reason.client(admin, terminal)) {
            var lines = client.get(path, Map.of("Accept", "application/x-ndjson"));
            try (var in = new BufferedReader(new InputStreamReader(lines.body(), StandardCharsets.UTF_8))) {
                return new Reading(progress, most).read(in);
            } catch (IOException e) {
                throw client.brokenOff(e);
            } finally {
                progress.end();
            }
        }
    }

    private long most() {
        try {
            return Amounts.bytes(maxBytes, 1, ContentQuery.MAX_BYTES);
        } catch (MisfitException e) {
            throw CommandFailedException.usage(
                    "--max-bytes must be " + e.expected() + ", but is '" + Visible.inLine(maxBytes) + "'", e.hint());
        }
    }

    /** One answer while it is read. */
    private final class Reading {
        private final Progress progress;
        private final long most;
        private final RowPrinter printer = new RowPrinter(terminal, zone, output);
        private int found;
        private String last = "";

        Reading(Progress progress, long most) {
            this.progress = progress;
            this.most = most;
        }

        int read(BufferedReader in) throws IOException {
            while (found < limit && !terminal.out().checkError()) {
                JsonNode line = next(in);
                switch (Json.text(line, "type")) {
                    case "found" -> print(line.path("session"));
                    case "passed" -> at(line.path("cost"), Json.text(line, "at"));
                    case "ended" -> {
                        return ended(line);
                    }
                    case "failed" ->
                        throw new CommandFailedException(
                                ExitCode.UNREACHABLE, Visible.inLine(Json.text(line, "detail")), "");
                    default -> {
                        // A later version tells more.
                    }
                }
            }
            progress.end();
            terminal.hint("there may be more: add --limit " + 10L * limit + ", or --from " + Visible.inLine(last)
                    + ", which is shown again");
            return ExitCode.DONE;
        }

        private static JsonNode next(BufferedReader in) throws IOException {
            var line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0 || line.length() == LONGEST_LINE) {
                    throw new IOException(c < 0 ? "the answer broke off" : "the answer has a line that is too long");
                }
                line.append((char) c);
            }
            return Json.parse(line.toString().getBytes(StandardCharsets.UTF_8));
        }

        private void print(JsonNode session) {
            progress.end();
            found++;
            last = Json.text(session, "id");
            printer.print(session);
        }

        private void at(JsonNode cost, String at) {
            long read = cost.path("recordBytes").asLong() / MEBIBYTE;
            long ahead = cost.path("aheadBytes").asLong() / MEBIBYTE;
            progress.at(
                    read,
                    Math.min(most / MEBIBYTE, read + ahead),
                    "MiB, " + found + " found, back to " + Visible.inLine(at));
        }

        private int ended(JsonNode line) {
            progress.end();
            terminal.err().println(costs(line.path("cost")));
            if (!line.path("complete").asBoolean()) {
                terminal.hint("the search has read --max-bytes " + maxBytes + " and did not come to the end: go on with"
                        + " --from " + Visible.inLine(Json.text(line, "from"))
                        + ", or narrow it by service: or after:");
            } else if (found == 0) {
                terminal.hint("no content has that; words are whole, and what was masked is not found");
            }
            return ExitCode.DONE;
        }

        private String costs(JsonNode cost) {
            long unreadable = cost.path("sessionsUnreadable").asLong();
            return found + " found; " + cost.path("sessionsRead").asLong() + " sessions read ("
                    + Figures.size(cost.path("recordBytes").asLong()) + "), "
                    + cost.path("blocksSkipped").asLong() + " of "
                    + cost.path("blocks").asLong()
                    + " blocks ruled out by their words ("
                    + Figures.size(cost.path("indexBytes").asLong()) + ")"
                    + (unreadable == 0 ? "" : "; " + unreadable + " sessions could not be read");
        }
    }
}
