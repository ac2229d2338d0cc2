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
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Visible;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansard login}. */
@Command(
        name = "login",
        description = "Sign in at a node with a browser, or store a token or API key for it.",
        footer = {
            "",
            "Without --token-file it prints where to sign in, and waits. The node has to offer that: 'device: true' of a",
            "provider in admin.login. What comes of it, or is in FILE, is kept in $XDG_CONFIG_HOME/hansard/token, else",
            "~/.config/hansard/token, for you alone, and shown to that one node only.",
            "From a password manager:  hansard login --token-file <(pass show hansard)"
        })
final class LoginCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = "Which of the node's providers to sign in with, where there are several.")
    private @Nullable String provider;

    LoginCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        StoredToken stored = StoredToken.of(terminal);
        if (stored == null) {
            throw CommandFailedException.usage(
                    "there is no folder to store a token in: HOME and XDG_CONFIG_HOME are not set",
                    "set HANSARD_TOKEN or give --token-file with each command");
        }
        Path file = admin.tokenFile();
        if (file == null) {
            signIn(stored);
        } else if (provider == null) {
            take(file, stored);
        } else {
            throw CommandFailedException.usage(
                    "--provider and --token-file exclude each other", "give the token alone, or sign in");
        }
        return ExitCode.DONE;
    }

    private void signIn(StoredToken stored) {
        try (AdminClient client = admin.stranger(terminal)) {
            JsonNode signedIn = new DeviceLogin(client, terminal).run(provider);
            stored.keep(Token.of(Json.text(signedIn, "token"), "the node's answer"), admin.address(terminal));
            terminal.out()
                    .println(Visible.inLine(Json.text(signedIn, "provider") + "/" + Json.text(signedIn, "subject")));
            terminal.hint("you are signed in until " + Visible.inLine(Json.text(signedIn, "signedInUntil"))
                    + ", or until you do nothing for a while; `hansard logout` ends it");
        }
    }

    private void take(Path file, StoredToken stored) {
        // Read once: it may be a pipe, which gives its content a single time.
        Token token = Token.in(file);
        try (AdminClient client = admin.client(terminal, token)) {
            JsonNode me = client.json(Me.PATH);
            stored.keep(token, admin.address(terminal));
            terminal.out().println(Me.name(me));
        }
        terminal.hint("the token is in " + stored.file() + " for " + admin.address(terminal)
                + "; `hansard logout` removes it");
    }
}
