// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.recovery;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ConfigFile;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.settings.LedgerSettings;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.retention.RetentionSettings;
import dev.hansard.boot.settings.storage.StorageSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which stopped node is worked on; without it a running one is asked. */
final class NodeOption {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Work on the stores of this configuration, whose node is stopped.")
    private @Nullable Path config;

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            description = "Work on this data folder; alone, that of a stopped node with the embedded stores.")
    private @Nullable Path dataDir;

    /** Whether nobody is named, so that a running node is meant. */
    boolean isRunning() {
        return config == null && dataDir == null;
    }

    /** The node that was named. */
    StoppedNode stopped(Terminal terminal) {
        if (config == null) {
            if (dataDir == null) {
                throw CommandFailedException.usage("no node is named", "name it with --config or --data-dir");
            }
            return new StoppedNode(
                    StorageSettings.DEFAULT.in(dataDir), LedgerSettings.DEFAULT, RetentionSettings.DEFAULT);
        }
        Settings settings = ConfigFile.chosen(config, terminal).load();
        StorageSettings storage =
                dataDir == null ? settings.storage() : settings.storage().in(dataDir);
        return new StoppedNode(storage, settings.ledger(), settings.retention());
    }
}
