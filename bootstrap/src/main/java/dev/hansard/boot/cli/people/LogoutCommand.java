// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.StoredToken;
import dev.hansard.boot.cli.admin.Token;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hansard logout}. */
@Command(
        name = "logout",
        description =
                "End the sign-in of `hansard login`, or remove the token that it stored, which stays good elsewhere.")
final class LogoutCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    LogoutCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        StoredToken stored = StoredToken.of(terminal);
        boolean isEnded = stored != null && end(stored);
        if (stored == null || !stored.remove()) {
            terminal.hint("no token was stored");
        } else if (isEnded) {
            terminal.hint("you are signed out");
        } else {
            terminal.hint("the token is removed here; `hansard keys revoke ID` takes a key back everywhere");
        }
        return ExitCode.DONE;
    }

    /** Tells the node, if the token is of a sign-in; what the node says must not keep the token here. */
    private boolean end(StoredToken stored) {
        try {
            Token token = stored.tokenFor(admin.address(terminal));
            if (token == null || !token.isOfSignIn()) {
                return false;
            }
            try (AdminClient client = admin.client(terminal, token)) {
                client.post("/logout");
                return true;
            }
        } catch (CommandFailedException e) {
            terminal.hint("the node could not be told: " + e.getMessage());
            return false;
        }
    }
}
