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
import dev.hansard.boot.text.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansard sessions show}. */
@Command(name = "show", description = "Show a session as a transcript: the request and the response.")
final class ShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Parameters(paramLabel = "ID", description = "The session.")
    private String id = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|wide|json|ndjson|id",
            description = "How to print (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.TABLE;

    @Option(names = "--no-body", description = "Leave out the contents.")
    private boolean withoutBody;

    ShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String path = SessionsCommand.path(id);
        try (AdminClient client = reason.client(admin, terminal)) {
            JsonNode session = client.json(path);
            switch (output) {
                case JSON -> terminal.out().println(Json.pretty(session));
                case NDJSON -> terminal.out().println(Json.line(session));
                case ID -> terminal.out().println(Json.text(session, "id"));
                case TABLE, WIDE -> transcript(session, client, path);
            }
        }
        return ExitCode.DONE;
    }

    private void transcript(JsonNode session, AdminClient client, String path) {
        var transcript = new Transcript(session, output == OutputFormat.WIDE);
        transcript.summary().forEach(terminal.out()::println);
        if (transcript.isRemoved()) {
            terminal.hint("the record was removed when its retention class said so; its row is all that is left");
            return;
        }
        for (String message : Transcript.MESSAGES) {
            terminal.out().println();
            transcript.head(message).forEach(terminal.out()::println);
            if (!withoutBody && transcript.hasContent(message)) {
                terminal.out().println();
                terminal.out().println(content(client, path, message));
            }
        }
    }

    private String content(AdminClient client, String path, String message) {
        try (InputStream in = client.get(
                        path + "/" + message + "/body?view=decoded",
                        Map.of("Range", "bytes=0-" + (Transcript.MOST_CONTENT_BYTES - 1)))
                .body()) {
            return Transcript.content(in.readNBytes(Transcript.MOST_CONTENT_BYTES + 1), id, message);
        } catch (IOException e) {
            throw client.brokenOff(e);
        } catch (CommandFailedException e) {
            // The transcript is worth showing without a content that cannot be decoded or is gone.
            return "(no content to show: " + e.text() + ")";
        }
    }
}
