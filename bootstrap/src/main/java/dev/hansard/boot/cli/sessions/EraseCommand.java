// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.sessions;

import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.ReasonOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hansard sessions erase}. */
@Command(
        name = "erase",
        description = "Remove one session for good, wherever its record lies. Needs --reason; it cannot be undone.")
final class EraseCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Parameters(paramLabel = "ID", description = "The session.")
    private String id = "";

    EraseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String path = SessionsCommand.path(id);
        try (AdminClient client = reason.client(admin, terminal)) {
            client.delete(path);
        }
        terminal.out().println(id);
        return ExitCode.DONE;
    }
}
