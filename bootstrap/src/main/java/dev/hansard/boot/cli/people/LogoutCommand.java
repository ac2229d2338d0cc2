// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.StoredToken;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code hansard logout}. */
@Command(name = "logout", description = "Remove the token that `hansard login` stored; it stays good elsewhere.")
final class LogoutCommand implements Callable<Integer> {
    private final Terminal terminal;

    LogoutCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        StoredToken stored = StoredToken.of(terminal);
        if (stored == null || !stored.remove()) {
            terminal.hint("no token was stored");
        } else {
            terminal.hint("the token is removed here; `hansard keys revoke ID` takes a key back everywhere");
        }
        return ExitCode.DONE;
    }
}
