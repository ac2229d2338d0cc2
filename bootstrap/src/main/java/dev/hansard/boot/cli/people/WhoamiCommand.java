// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.OutputFormat;
import dev.hansard.boot.text.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansard whoami}. */
@Command(name = "whoami", description = "Show who you are to the node, what you may do there, and why.")
final class WhoamiCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json|ndjson|id",
            description = "How to print; id is who you are alone (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.TABLE;

    WhoamiCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode me;
        try (AdminClient client = admin.client(terminal)) {
            me = client.json(Me.PATH);
        }
        switch (output) {
            case JSON -> terminal.out().println(Json.pretty(me));
            case NDJSON -> terminal.out().println(Json.line(me));
            case ID -> terminal.out().println(Me.name(me));
            case TABLE -> Me.lines(me, terminal.columns()).forEach(terminal.out()::println);
            case WIDE -> Me.lines(me, Integer.MAX_VALUE).forEach(terminal.out()::println);
        }
        return ExitCode.DONE;
    }
}
