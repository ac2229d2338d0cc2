// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ConfigFile;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.OutputFormat;
import dev.hansard.boot.cli.admin.ReasonOption;
import dev.hansard.boot.cli.policy.Simulation.Effect;
import dev.hansard.boot.cli.sessions.SessionPages;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Progress;
import dev.hansard.boot.text.ProgressBar;
import dev.hansard.boot.text.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansard policies simulate}. */
@Command(
        name = "simulate",
        description = "Decide recorded sessions anew by the policies of another configuration. Nothing is sent.",
        footer = {
            "",
            "Contents are as they were recorded: where masking hid what a policy asks for, it cannot be told.",
            "Exit code 0: nothing would change; 1: something would."
        })
final class PoliciesSimulateCommand implements Callable<Integer> {
    private static final int MOST = 1_000_000;
    private static final List<Table.Column> COLUMNS = List.of(
            new Table.Column("ID", false, false, 0),
            new Table.Column("BEFORE", false, false, 0),
            new Table.Column("NOW", false, false, 0),
            new Table.Column("POLICY", false, false, 0),
            new Table.Column("METHOD", false, false, 2),
            new Table.Column("TARGET", false, true, 1),
            new Table.Column("CALLER", false, false, 3));

    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Parameters(paramLabel = "QUERY", arity = "0..*", description = "Which sessions; none for all.")
    private List<String> query = new ArrayList<>();

    @Option(names = "--policies", paramLabel = "FILE", required = true, description = "The configuration to try.")
    private Path candidate = Path.of("hansard.yaml");

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many sessions, the newest first (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private int limit = 1_000;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|wide|json|ndjson|id",
            description = "How to print (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.TABLE;

    PoliciesSimulateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST) {
            throw CommandFailedException.usage("--limit must be 1 to " + MOST + ", but is " + limit, "");
        }
        Settings settings = ConfigFile.chosen(candidate, terminal).load();
        var simulation = new Simulation(OfflineTrials.policies(settings), settings.services());
        @Nullable String next;
        try (AdminClient client = reason.client(admin, terminal)) {
            var pages = new SessionPages(client, String.join(" ", query), null);
            Progress progress = terminal.errIsTerminal() ? new ProgressBar(terminal.err()) : Progress.NONE;
            try {
                look(simulation, pages, client, progress);
            } finally {
                progress.end();
            }
            next = pages.cursor();
        }
        print(simulation);
        if (next != null) {
            terminal.hint("there are more: add --limit " + 10L * limit);
        }
        return simulation.changed().isEmpty() ? ExitCode.DONE : ExitCode.ANSWER_IS_NO;
    }

    private void look(Simulation simulation, SessionPages pages, AdminClient client, Progress progress) {
        int done = 0;
        do {
            List<JsonNode> rows = pages.next(limit - done);
            int total = pages.hasMore() ? limit : done + rows.size();
            for (JsonNode row : rows) {
                simulation.look(RecordedRequest.of(client, row));
                progress.at(++done, total, simulation.changed().size() + " changed");
            }
        } while (pages.hasMore() && done < limit);
    }

    private void print(Simulation simulation) {
        switch (output) {
            case JSON -> terminal.out().println(Json.pretty(simulation.document()));
            case NDJSON ->
                simulation
                        .document()
                        .path("items")
                        .forEach(item -> terminal.out().println(Json.line(item)));
            case ID ->
                simulation
                        .document()
                        .path("items")
                        .forEach(item -> terminal.out().println(Json.text(item, "id")));
            case TABLE, WIDE -> {
                table(simulation).forEach(terminal.out()::println);
                for (Effect effect : Effect.values()) {
                    terminal.err().println(simulation.count(List.of(effect)) + " " + effect.text());
                }
            }
        }
    }

    private List<String> table(Simulation simulation) {
        if (simulation.changed().isEmpty()) {
            return List.of();
        }
        var table = new Table(COLUMNS, output == OutputFormat.WIDE ? Integer.MAX_VALUE : terminal.columns());
        simulation
                .document()
                .path("items")
                .forEach(item -> table.add(List.of(
                        Json.text(item, "id"),
                        Json.text(item, "before"),
                        Json.text(item, "now"),
                        Json.text(item, "policy"),
                        Json.text(item, "method"),
                        Json.text(item, "target"),
                        Json.text(item, "caller"))));
        return table.lines();
    }
}
