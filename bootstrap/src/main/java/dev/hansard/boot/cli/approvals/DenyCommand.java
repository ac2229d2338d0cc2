// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.approvals;

import dev.hansard.boot.cli.Terminal;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansard approvals deny}. */
@Command(
        name = "deny",
        description = "Keep a request that waits from being sent. It is shown first, and you are asked.",
        footer = {"", "Exit code 1: it was decided or has changed meanwhile; 3: you may not; 4: there is none."})
final class DenyCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final InputStream in;

    @Mixin
    private Deciding deciding = new Deciding();

    @Option(names = "--comment", required = true, paramLabel = "TEXT", description = "Why; the caller is told.")
    private String comment = "";

    DenyCommand(Terminal terminal, InputStream in) {
        this.terminal = terminal;
        this.in = in;
    }

    @Override
    public Integer call() {
        return deciding.decide(terminal, in, "deny", comment);
    }
}
