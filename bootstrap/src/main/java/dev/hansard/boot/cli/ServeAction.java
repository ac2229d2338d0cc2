// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.WrittenConfig;
import org.jspecify.annotations.Nullable;

/** Runs a node. */
public interface ServeAction {
    /**
     * Runs until the process is told to stop.
     *
     * @param written where the settings can be read again; null when they stand in no file
     * @return one of {@link ExitCode}
     * @throws CommandFailedException when it cannot start, such as when an address is taken
     */
    int serve(Settings settings, @Nullable WrittenConfig written, Terminal terminal);
}
