// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ConfigFile;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.KeyRotationAction;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.settings.Settings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hansard keys rotate}. */
@Command(
        name = "rotate",
        description = "Wrap the keys of what is stored by the newest key-encryption key. Nodes go on running.")
final class KeysRotateCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final KeyRotationAction action;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration of the nodes.")
    private @Nullable Path config;

    KeysRotateCommand(Terminal terminal, KeyRotationAction action) {
        this.terminal = terminal;
        this.action = action;
    }

    @Override
    public Integer call() {
        Settings settings = ConfigFile.chosen(config, terminal).load();
        if (settings.storage().encryption() == null) {
            throw CommandFailedException.usage(
                    "storage.encryption is not configured, so there is no key to rotate",
                    "`hansard keys create` makes an API key");
        }
        KeyRotationAction.Done done = action.rotate(settings);
        terminal.out().println(done.wrappedBy());
        terminal.hint(done.rewrapped() + " data keys were wrapped anew, " + done.already()
                + " needed nothing; run it on each node, then once more the day after tomorrow, before an old"
                + " key-encryption key is thrown away");
        return ExitCode.DONE;
    }
}
