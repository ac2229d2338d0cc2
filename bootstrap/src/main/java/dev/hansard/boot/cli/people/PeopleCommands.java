// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

import dev.hansard.boot.cli.KeyRotationAction;
import dev.hansard.boot.cli.Terminal;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine;

/** The commands about who uses a node. */
public final class PeopleCommands {
    private PeopleCommands() {}

    /**
     * All of them, in the order of the help.
     *
     * @param rotation of the keys of what is stored, which stand beside those of people
     */
    public static List<CommandLine> over(Terminal terminal, ZoneId zone, KeyRotationAction rotation) {
        return List.of(
                new CommandLine(new LoginCommand(terminal)),
                new CommandLine(new LogoutCommand(terminal)),
                new CommandLine(new WhoamiCommand(terminal)),
                KeysCommand.over(terminal, zone, rotation),
                AuditCommand.over(terminal, zone));
    }
}
