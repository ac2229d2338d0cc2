// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.retention;

import dev.hansard.boot.cli.Terminal;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about how long sessions stay. */
public final class RetentionCommands {
    static final String RETENTION = "/api/v1/retention";
    static final String HOLDS = "/api/v1/holds";

    private RetentionCommands() {}

    /** {@code hansard retention}. */
    @Command(name = "retention", description = "See and direct what is removed when it has expired.")
    static final class RetentionCommand {}

    /** {@code hansard hold}. */
    @Command(name = "hold", description = "Place, list and remove legal holds.")
    static final class HoldCommand {}

    /** All of them, in the order of the help. */
    public static List<CommandLine> over(Terminal terminal) {
        return List.of(
                new CommandLine(new RetentionCommand())
                        .addSubcommand(new PlanCommand(terminal))
                        .addSubcommand(new PruneCommand(terminal))
                        .addSubcommand(new TrustClockCommand(terminal)),
                new CommandLine(new HoldCommand())
                        .addSubcommand(new HoldAddCommand(terminal))
                        .addSubcommand(new HoldLsCommand(terminal))
                        .addSubcommand(new HoldRmCommand(terminal)));
    }
}
