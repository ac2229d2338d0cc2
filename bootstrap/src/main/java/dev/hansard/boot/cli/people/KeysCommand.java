// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

import dev.hansard.boot.cli.KeyRotationAction;
import dev.hansard.boot.cli.Terminal;
import java.time.ZoneId;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code hansard keys}. */
@Command(name = "keys", description = "Make, list and revoke API keys; rotate those of what is stored.")
final class KeysCommand {
    static final String PATH = "/api/v1/keys";

    private KeysCommand() {}

    static CommandLine over(Terminal terminal, ZoneId zone, KeyRotationAction rotation) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new KeysCreateCommand(terminal))
                .addSubcommand(new KeysLsCommand(terminal, zone))
                .addSubcommand(new KeysRevokeCommand(terminal))
                .addSubcommand(new KeysRotateCommand(terminal, rotation));
    }
}
