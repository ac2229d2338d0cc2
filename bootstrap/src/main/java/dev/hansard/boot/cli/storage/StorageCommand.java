// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.storage;

import dev.hansard.boot.cli.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code hansard storage}. */
@Command(name = "storage", description = "See what is stored, and check that all of it is whole.")
public final class StorageCommand {
    static final String STORAGE = "/api/v1/storage";

    private StorageCommand() {}

    /** The command with its own commands. */
    public static CommandLine over(Terminal terminal) {
        return new CommandLine(new StorageCommand())
                .addSubcommand(new StatCommand(terminal))
                .addSubcommand(new CheckCommand(terminal));
    }
}
