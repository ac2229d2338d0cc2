// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.retention;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.ReasonOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hansard retention trust-clock}. */
@Command(
        name = "trust-clock",
        description = "Say that the node's clock is right, after you looked; sessions are removed by it again.")
final class TrustClockCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    TrustClockCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (AdminClient client = reason.client(admin, terminal)) {
            client.post(RetentionCommands.RETENTION + ":trust-clock", JsonNodeFactory.instance.objectNode());
        }
        return ExitCode.DONE;
    }
}
