// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code hansard version}. */
@Command(name = "version", description = "Print the version, of Hansard and of Java.")
final class VersionCommand implements Callable<Integer> {
    private final Terminal terminal;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out().println("hansard " + Version.current());
        terminal.out().println("java " + Runtime.version());
        return ExitCode.DONE;
    }
}
