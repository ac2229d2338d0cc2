// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.Listing;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hansard credentials ls}. */
@Command(name = "ls", description = "List credentials with their versions; never their values.")
final class CredentialsLsCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final ZoneId zone;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private Listing listing = new Listing();

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
        listing.print(
                terminal,
                document,
                CredentialRow.COLUMNS,
                item -> new CredentialRow(item, zone).name(),
                item -> new CredentialRow(item, zone).cells());
        if (document.path("items").isEmpty()) {
            terminal.hint("no service has credentials; they are written under services.NAME.credentials");
        }
        return ExitCode.DONE;
    }
}
