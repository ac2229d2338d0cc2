// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.OutputFormat;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Progress;
import dev.hansard.boot.text.ProgressBar;
import dev.hansard.boot.text.Table;
import dev.hansard.boot.text.Visible;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansard storage check}. The node checks a part for each question, so that this can show how far it is. */
@Command(
        name = "check",
        description = "Check every byte that a running node has stored. Nothing is changed.",
        footer = {
            "",
            "The control data are read; each checksum of the node's spool is tested; each segment is read and its",
            "digest compared with its key, its footer with its frames, and its sessions with the catalog; and what the",
            "catalog lists is looked for. Exit code 1 when something is wrong; each thing is named."
        })
final class CheckCommand implements Callable<Integer> {
    private static final List<Table.Column> COLUMNS = List.of(
            new Table.Column("PART", false, false, 0),
            new Table.Column("NAME", false, false, 0),
            new Table.Column("WHAT IS WRONG", false, false, 0));

    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json|ndjson|id",
            description = "How to print (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.TABLE;

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Progress progress = terminal.errIsTerminal() ? new ProgressBar(terminal.err()) : Progress.NONE;
        ObjectNode checked = JsonNodeFactory.instance.objectNode();
        ArrayNode findings = JsonNodeFactory.instance.arrayNode();
        try (AdminClient client = admin.client(terminal)) {
            run(client, progress, checked, findings);
        } finally {
            progress.end();
        }
        print(checked, findings);
        return findings.isEmpty() ? ExitCode.DONE : ExitCode.ANSWER_IS_NO;
    }

    private static void run(AdminClient client, Progress progress, ObjectNode checked, ArrayNode findings) {
        var total = new Total(client.json(StorageCommand.STORAGE));
        String cursor = "";
        do {
            JsonNode answer = client.json(StorageCommand.STORAGE + ":check"
                    + (cursor.isEmpty() ? "" : "?cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
            String part = Json.text(answer, "part");
            checked.put(
                    part, checked.path(part).asLong() + answer.path("checked").asLong());
            answer.path("findings").forEach(findings::add);
            progress.at(
                    checked.path(part).asLong(),
                    Math.max(total.of(part), checked.path(part).asLong()),
                    part + (findings.isEmpty() ? "" : ", " + findings.size() + " findings"));
            cursor = Json.text(answer, "nextCursor");
        } while (!cursor.isEmpty());
    }

    /** How much there is to check, as far as the node says before. */
    private static final class Total {
        private final long segments;
        private final long sessions;

        Total(JsonNode use) {
            long count = 0;
            for (JsonNode item : use.path("items")) {
                count += item.path("segments").asLong();
            }
            segments = count;
            long all = 0;
            for (JsonNode service : use.path("services")) {
                all += service.path("sessions").asLong();
            }
            sessions = all;
        }

        long of(String part) {
            return switch (part) {
                case "segments" -> segments;
                case "catalog" -> sessions;
                default -> 1;
            };
        }
    }

    private void print(ObjectNode checked, ArrayNode findings) {
        switch (output) {
            case JSON -> {
                ObjectNode document = JsonNodeFactory.instance.objectNode();
                document.set("checked", checked);
                document.set("findings", findings);
                terminal.out().println(Json.pretty(document));
            }
            case NDJSON -> findings.forEach(finding -> terminal.out().println(Json.line(finding)));
            case ID -> findings.forEach(finding -> terminal.out().println(Visible.inLine(Json.text(finding, "name"))));
            case TABLE, WIDE -> {
                if (!findings.isEmpty()) {
                    var table = new Table(COLUMNS, Integer.MAX_VALUE);
                    findings.forEach(finding -> table.add(List.of(
                            Json.text(finding, "part"),
                            Visible.inLine(Json.text(finding, "name")),
                            Visible.inLine(Json.text(finding, "text")))));
                    table.lines().forEach(terminal.out()::println);
                }
                terminal.hint(summary(checked, findings.size()));
            }
        }
    }

    private static String summary(ObjectNode checked, int findings) {
        return "checked " + checked.path("control").asLong() + " parts of the control data, "
                + checked.path("spool").asLong() + " spool files, "
                + checked.path("segments").asLong() + " segments, "
                + checked.path("catalog").asLong() + " sessions of the catalog; "
                + (findings == 0 ? "all is well" : findings + (findings == 1 ? " thing is" : " things are") + " wrong");
    }
}
