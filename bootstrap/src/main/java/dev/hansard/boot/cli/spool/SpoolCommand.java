// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.spool;

import dev.hansard.boot.cli.SpoolAdoption;
import dev.hansard.boot.cli.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code hansard spool}. */
@Command(name = "spool", description = "Look after what nodes have recorded and not yet stored.")
public final class SpoolCommand {
    private SpoolCommand() {}

    /** The command with its own commands. */
    public static CommandLine over(Terminal terminal, SpoolAdoption adoption) {
        return new CommandLine(new SpoolCommand()).addSubcommand(new AdoptCommand(terminal, adoption));
    }
}
