// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import dev.hansard.boot.settings.Settings;

/** Runs a node. */
public interface ServeAction {
    /**
     * Runs until the process is told to stop.
     *
     * @return one of {@link ExitCode}
     * @throws CommandFailedException when it cannot start, such as when an address is taken
     */
    int serve(Settings settings, Terminal terminal);
}
