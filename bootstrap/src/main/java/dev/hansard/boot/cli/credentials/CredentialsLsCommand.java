// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.OutputFormat;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Table;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansard credentials ls}. */
@Command(name = "ls", description = "List credentials with their versions; never their values.")
final class CredentialsLsCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final ZoneId zone;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|wide|json|ndjson|id",
            description = "How to print (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.TABLE;

    CredentialsLsCommand(Terminal terminal, ZoneId zone) {
        this.terminal = terminal;
        this.zone = zone;
    }

    @Override
    public Integer call() {
        JsonNode document;
        try (AdminClient client = admin.client(terminal)) {
            document = client.json(CredentialsCommand.PATH);
        }
        JsonNode items = document.path("items");
        switch (output) {
            case JSON -> terminal.out().println(Json.pretty(document));
            case NDJSON -> items.forEach(item -> terminal.out().println(Json.line(item)));
            case ID -> items.forEach(item -> terminal.out().println(new CredentialRow(item, zone).name()));
            case TABLE, WIDE -> table(items);
        }
        if (items.isEmpty()) {
            terminal.hint("no service has credentials; they are written under services.NAME.credentials");
        }
        return ExitCode.DONE;
    }

    private void table(JsonNode items) {
        int width = output == OutputFormat.WIDE ? Integer.MAX_VALUE : terminal.columns();
        var table = new Table(CredentialRow.COLUMNS, width);
        items.forEach(item -> table.add(new CredentialRow(item, zone).cells()));
        table.lines().forEach(terminal.out()::println);
    }
}
