// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.OutputFormat;
import dev.hansard.boot.cli.admin.ReasonOption;
import dev.hansard.boot.text.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What approving and denying have in common: it is shown first, and asked about where a person is there to answer. */
final class Deciding {
    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Parameters(paramLabel = "ID", description = "The approval, by its id.")
    private String id = "";

    @Option(
            names = "--digest",
            paramLabel = "HEX",
            description = "Only when the request has this digest, as `approvals show` said.")
    private String digest = "";

    @Option(names = "--yes", description = "Do not ask; needed where nobody is there to answer.")
    private boolean yes;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|wide|json|ndjson|id",
            description = "How to print what it is afterwards (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.TABLE;

    /**
     * Decides.
     *
     * @param verb approve or deny
     */
    int decide(Terminal terminal, InputStream in, String verb, String comment) {
        String path = ApprovalCommands.path(id);
        if (!yes && !terminal.errIsTerminal()) {
            throw CommandFailedException.usage(
                    "nobody is there to be asked", "say --yes, and --digest to name what you have looked at");
        }
        try (AdminClient client = reason.client(admin, terminal)) {
            JsonNode shown = client.json(path);
            String found = Json.text(shown, "digest");
            if (!digest.isEmpty() && !digest.equals(found)) {
                throw new CommandFailedException(
                        ExitCode.ANSWER_IS_NO,
                        "the request has another digest than you say: " + found,
                        "`hansard approvals show " + id + "` shows what it is now");
            }
            if (!yes && !isConfirmed(terminal, in, verb, shown)) {
                throw new CommandFailedException(ExitCode.ANSWER_IS_NO, "nothing was decided", "");
            }
            var content = JsonNodeFactory.instance
                    .objectNode()
                    .put("comment", comment)
                    .put("digest", found);
            print(terminal, client.post(path + ":" + verb, content));
            return ExitCode.DONE;
        }
    }

    private static boolean isConfirmed(Terminal terminal, InputStream in, String verb, JsonNode shown) {
        ApprovalText.of(shown).forEach(terminal.err()::println);
        terminal.err().println();
        terminal.err().print(verb + " it? [y/N] ");
        terminal.err().flush();
        try {
            String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            String answer = line == null ? "" : line.strip().toLowerCase(Locale.ROOT);
            return answer.equals("y") || answer.equals("yes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(Terminal terminal, JsonNode decided) {
        switch (output) {
            case JSON -> terminal.out().println(Json.pretty(decided));
            case NDJSON -> terminal.out().println(Json.line(decided));
            case ID -> terminal.out().println(Json.text(decided, "id"));
            case TABLE, WIDE -> {
                terminal.out().println(Json.text(decided, "state"));
                var row = new ApprovalRow(decided);
                if (Json.text(decided, "state").equals("pending")) {
                    terminal.hint(row.given() + " of " + row.needed() + " have approved it");
                }
            }
        }
    }
}
