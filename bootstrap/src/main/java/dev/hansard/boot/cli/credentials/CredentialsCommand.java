// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.credentials;

import dev.hansard.boot.cli.Terminal;
import java.time.ZoneId;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code hansard credentials}. */
@Command(name = "credentials", description = "List and rotate what Hansard adds to requests for their targets.")
public final class CredentialsCommand {
    static final String PATH = "/api/v1/credentials";

    private CredentialsCommand() {}

    public static CommandLine over(Terminal terminal, ZoneId zone) {
        return new CommandLine(new CredentialsCommand())
                .addSubcommand(new CredentialsLsCommand(terminal, zone))
                .addSubcommand(new CredentialsRotateCommand(terminal));
    }
}
