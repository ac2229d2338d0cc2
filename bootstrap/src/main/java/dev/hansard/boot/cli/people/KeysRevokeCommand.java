// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.ports.identity.ApiKey;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hansard keys revoke}. */
@Command(name = "revoke", description = "Take an API key back; it is refused from now on, and stays in the list.")
final class KeysRevokeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Parameters(paramLabel = "ID", description = "The key, by its id.")
    private String id = "";

    KeysRevokeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        // Never quoted: somebody may have pasted the whole key.
        if (!id.matches("[a-z2-7]{" + ApiKey.ID_LENGTH + "}")) {
            throw CommandFailedException.usage(
                    "ID must be the id of a key, " + ApiKey.ID_LENGTH + " of a-z 2-7, and not its name or the key",
                    "`hansard keys ls` lists names and ids");
        }
        try (AdminClient client = admin.client(terminal)) {
            client.delete(KeysCommand.PATH + "/" + id);
        }
        terminal.out().println(id);
        return ExitCode.DONE;
    }
}
