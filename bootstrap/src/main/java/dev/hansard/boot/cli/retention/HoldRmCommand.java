// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.retention;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.ReasonOption;
import dev.hansard.boot.text.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hansard hold rm}. */
@Command(
        name = "rm",
        description = "Remove a legal hold: the first person asks for it, a second one does the same within 7 days.")
final class HoldRmCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Parameters(paramLabel = "ID", description = "The hold, by its id.")
    private String id = "";

    HoldRmCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!id.matches("hold_[a-z0-9]{12}")) {
            throw CommandFailedException.usage("ID must look like hold_abcdefghij12", "`hansard hold ls` lists ids");
        }
        JsonNode hold;
        try (AdminClient client = reason.client(admin, terminal)) {
            hold = client.remove(RetentionCommands.HOLDS + "/" + id);
        }
        String state = Json.text(hold, "state");
        terminal.out().println(state);
        if (!state.equals("removed")) {
            terminal.hint("it holds until somebody else removes it too, within 7 days");
        }
        return ExitCode.DONE;
    }
}
