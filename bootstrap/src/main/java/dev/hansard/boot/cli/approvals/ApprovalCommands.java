// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.approvals;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.InvalidValueException;
import java.io.InputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about requests that wait for people. */
public final class ApprovalCommands {
    static final String APPROVALS = "/api/v1/approvals";

    private ApprovalCommands() {}

    /** {@code hansard approvals}. */
    @Command(name = "approvals", description = "See the requests that wait for people, and decide on them.")
    static final class ApprovalsCommand {}

    /**
     * All of them.
     *
     * @param in where a person answers
     */
    public static CommandLine over(Terminal terminal, InputStream in) {
        return new CommandLine(new ApprovalsCommand())
                .addSubcommand(new ApprovalsLsCommand(terminal))
                .addSubcommand(new ApprovalsShowCommand(terminal))
                .addSubcommand(new ApproveCommand(terminal, in))
                .addSubcommand(new DenyCommand(terminal, in))
                .addSubcommand(new ApprovalsWatchCommand(terminal));
    }

    /** Where an approval is; what is no id is a {@link CommandFailedException}. */
    static String path(String id) {
        try {
            return APPROVALS + "/" + ApprovalId.parse(id);
        } catch (InvalidValueException e) {
            throw CommandFailedException.usage(String.valueOf(e.getMessage()), "`hansard approvals ls` lists ids");
        }
    }
}
