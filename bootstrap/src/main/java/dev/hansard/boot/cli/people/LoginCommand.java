// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.StoredToken;
import dev.hansard.boot.cli.admin.Token;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hansard login}. */
@Command(
        name = "login",
        description = "Store a token or API key for a node, after the node has taken it.",
        footer = {
            "",
            "It is kept in $XDG_CONFIG_HOME/hansard/token, else ~/.config/hansard/token, for you alone, and shown to",
            "that one node only. From a password manager:  hansard login --token-file <(pass show hansard)"
        })
final class LoginCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    LoginCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path file = admin.tokenFile();
        if (file == null) {
            throw CommandFailedException.usage(
                    "--token-file is missing", "`hansard keys create NAME --key-file FILE` makes such a file");
        }
        StoredToken stored = StoredToken.of(terminal);
        if (stored == null) {
            throw CommandFailedException.usage(
                    "there is no folder to store a token in: HOME and XDG_CONFIG_HOME are not set",
                    "set HANSARD_TOKEN or give --token-file with each command");
        }
        // Read once: it may be a pipe, which gives its content a single time.
        Token token = Token.in(file);
        try (AdminClient client = admin.client(terminal, token)) {
            JsonNode me = client.json(Me.PATH);
            stored.keep(token, admin.address(terminal));
            terminal.out().println(Me.name(me));
        }
        terminal.hint("the token is in " + stored.file() + " for " + admin.address(terminal)
                + "; `hansard logout` removes it");
        return ExitCode.DONE;
    }
}
