// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

import dev.hansard.boot.cli.Terminal;
import java.time.ZoneId;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code hansard audit}. */
@Command(name = "audit", description = "Show who did what to the node, and who looked at what.")
final class AuditCommand {
    static final String PATH = "/api/v1/audit";

    private AuditCommand() {}

    static CommandLine over(Terminal terminal, ZoneId zone) {
        return new CommandLine(new AuditCommand())
                .addSubcommand(new AuditLsCommand(terminal, zone))
                .addSubcommand(new AuditTailCommand(terminal, zone));
    }
}
