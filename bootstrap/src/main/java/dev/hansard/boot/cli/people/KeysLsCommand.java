// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

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

/** {@code hansard keys ls}. */
@Command(name = "ls", description = "List API keys, newest first, the revoked ones too.")
final class KeysLsCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final ZoneId zone;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private Listing listing = new Listing();

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
        listing.print(
                terminal,
                document,
                KeyRow.COLUMNS,
                item -> new KeyRow(item, zone).id(),
                item -> new KeyRow(item, zone).cells());
        if (document.path("items").isEmpty()) {
            terminal.hint("there is no key; `hansard keys create NAME --group GROUP` makes one");
        }
        return ExitCode.DONE;
    }
}
