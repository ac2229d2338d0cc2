// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.policy;

import dev.hansard.boot.cli.Terminal;
import java.io.InputStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about what may pass. */
public final class PolicyCommands {
    private PolicyCommands() {}

    /** {@code hansard policies}. */
    @Command(name = "policies", description = "See, test and try out the policies.")
    static final class PoliciesCommand {}

    /** {@code hansard config reload}. */
    public static CommandLine reload(Terminal terminal) {
        return new CommandLine(new ReloadCommand(terminal));
    }

    /**
     * All of them, in the order of the help.
     *
     * @param in the standard input
     */
    public static List<CommandLine> over(Terminal terminal, InputStream in) {
        return List.of(
                new CommandLine(new ExplainCommand(terminal, in)),
                new CommandLine(new PoliciesCommand())
                        .addSubcommand(new PoliciesLsCommand(terminal))
                        .addSubcommand(new PoliciesTestCommand(terminal))
                        .addSubcommand(new PoliciesSimulateCommand(terminal)));
    }
}
