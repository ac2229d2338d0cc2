// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.mask;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ConfigFile;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.ReasonOption;
import dev.hansard.boot.cli.sessions.SessionPages;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.text.Progress;
import dev.hansard.boot.text.ProgressBar;
import dev.hansard.boot.text.Visible;
import dev.hansard.core.masking.MaskingTools;
import dev.hansard.core.masking.rule.BuiltInRules;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.scan.LeakScan;
import dev.hansard.core.masking.scan.ListedRules;
import dev.hansard.core.masking.scan.StoredSession;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.value.ServiceName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansard mask scan}. */
@Command(
        name = "scan",
        description = "Look through stored sessions with all detectors, and propose rules for what none lists.",
        footer = {
            "",
            "It prints where something is and what sort of thing it is, never the value.",
            "Exit codes: 0 nothing was found, 1 something was."
        })
final class MaskScanCommand implements Callable<Integer> {
    private static final int MOST = 100_000;

    /** How the answer is printed. */
    enum OutputFormat {
        TABLE,
        JSON,
        NDJSON,
        YAML
    }

    private final Terminal terminal;
    private final MaskingTools tools;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Parameters(
            paramLabel = "QUERY",
            arity = "0..*",
            description = "The sessions to look through, such as service:payments after:2h.")
    private List<String> query = new ArrayList<>();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many, the newest first (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private int limit = 1000;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where an earlier scan ended.")
    private @Nullable String cursor;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Your configuration: to tell which rules detect, and to propose none for what others take.")
    private @Nullable Path config;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json|ndjson|yaml",
            description = "How it is printed; yaml is the rules alone (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.TABLE;

    MaskScanCommand(Terminal terminal, MaskingTools tools) {
        this.terminal = terminal;
        this.tools = tools;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST) {
            throw CommandFailedException.usage("--limit must be 1 to " + MOST + ", but is " + limit, "");
        }
        var scan = new LeakScan(listed(), tools);
        ScanOutput printed;
        try (AdminClient client = reason.client(admin, terminal)) {
            var pages = new SessionPages(client, String.join(" ", query), cursor);
            Progress progress = terminal.errIsTerminal() ? new ProgressBar(terminal.err()) : Progress.NONE;
            try {
                look(scan, pages, new SessionReader(client), progress);
            } finally {
                progress.end();
            }
            printed = new ScanOutput(scan.report(), pages.cursor());
        }
        print(printed);
        return printed.report().isClean() ? ExitCode.DONE : ExitCode.ANSWER_IS_NO;
    }

    private ListedRules listed() {
        if (config == null) {
            return ListedRules.UNKNOWN;
        }
        Settings settings = ConfigFile.chosen(config, terminal).load();
        Map<ServiceName, List<MaskRule>> rules = new HashMap<>();
        for (Service service : settings.services()) {
            List<MaskRule> its = settings.masking().of(service.name()).rules().stream()
                    .filter(rule -> !rule.name().startsWith(BuiltInRules.PREFIX))
                    .toList();
            rules.put(service.name(), its);
        }
        return new ListedRules(rules);
    }

    private void look(LeakScan scan, SessionPages pages, SessionReader reader, Progress progress) {
        int done = 0;
        do {
            List<JsonNode> rows = pages.next(limit - done);
            int total = pages.hasMore() ? limit : done + rows.size();
            for (JsonNode row : rows) {
                StoredSession session = reader.read(row);
                if (session == null) {
                    scan.addUnreadable();
                } else {
                    scan.look(session);
                }
                progress.at(++done, total, scan.found() + (scan.found() == 1 ? " finding" : " findings"));
            }
        } while (pages.hasMore() && done < limit);
    }

    private void print(ScanOutput printed) {
        switch (output) {
            case TABLE -> printed.table(terminal);
            case JSON -> printed.document(terminal);
            case NDJSON -> printed.lines(terminal);
            case YAML -> printed.yaml(terminal);
        }
        if (printed.isEmpty()) {
            terminal.hint("no session matches");
            return;
        }
        printed.coverage(terminal);
        String next = printed.cursor();
        if (next != null) {
            terminal.hint("there are more: add --limit " + 10L * limit + ", or --cursor " + Visible.inLine(next));
        }
        if (printed.report().isClean()) {
            terminal.err().println("nothing was found");
        }
    }
}
