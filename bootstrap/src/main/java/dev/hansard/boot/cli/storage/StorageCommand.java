// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.storage;

import dev.hansard.boot.cli.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code hansard storage}. */
@Command(name = "storage", description = "See what is stored, check that all of it is whole, and mend its index.")
public final class StorageCommand {
    static final String STORAGE = "/api/v1/storage";

    private StorageCommand() {}

    /**
     * The command with its own commands.
     *
     * @param others commands that it has besides
     */
    public static CommandLine over(Terminal terminal, CommandLine... others) {
        var storage = new CommandLine(new StorageCommand())
                .addSubcommand(new StatCommand(terminal))
                .addSubcommand(new CheckCommand(terminal));
        for (CommandLine other : others) {
            storage.addSubcommand(other);
        }
        return storage;
    }
}
