// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

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

/** {@code hansard keys ls}. */
@Command(name = "ls", description = "List API keys, newest first, the revoked ones too.")
final class KeysLsCommand implements Callable<Integer> {
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

    KeysLsCommand(Terminal terminal, ZoneId zone) {
        this.terminal = terminal;
        this.zone = zone;
    }

    @Override
    public Integer call() {
        JsonNode document;
        try (AdminClient client = admin.client(terminal)) {
            document = client.json(KeysCommand.PATH);
        }
        JsonNode keys = document.path("items");
        switch (output) {
            case JSON -> terminal.out().println(Json.pretty(document));
            case NDJSON -> keys.forEach(key -> terminal.out().println(Json.line(key)));
            case ID -> keys.forEach(key -> terminal.out().println(new KeyRow(key, zone).id()));
            case TABLE, WIDE -> table(keys);
        }
        if (keys.isEmpty()) {
            terminal.hint("there is no key; `hansard keys create NAME --group GROUP` makes one");
        }
        return ExitCode.DONE;
    }

    private void table(JsonNode keys) {
        var table = new Table(KeyRow.COLUMNS, output == OutputFormat.WIDE ? Integer.MAX_VALUE : terminal.columns());
        keys.forEach(key -> table.add(new KeyRow(key, zone).cells()));
        table.lines().forEach(terminal.out()::println);
    }
}
