// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import dev.hansard.boot.settings.ListenAddress;

/** Runs a node with services and traffic of its own, to look at. */
public interface DemoAction {
    /**
     * Runs until the process is told to stop.
     *
     * @param listen loopback address of the gateway
     * @param admin loopback address of the admin plane
     * @return one of {@link ExitCode}
     * @throws CommandFailedException when it cannot start, such as when an address is taken
     */
    int demo(ListenAddress listen, ListenAddress admin, Terminal terminal);
}
