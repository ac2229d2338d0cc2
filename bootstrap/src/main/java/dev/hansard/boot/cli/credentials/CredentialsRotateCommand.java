// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.text.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hansard credentials rotate}. */
@Command(
        name = "rotate",
        description = "Ask the source of a credential for its newest value now; the one before stays valid for the"
                + " overlap. Calls go on.")
final class CredentialsRotateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Parameters(paramLabel = "NAME", description = "The credential, as `hansard credentials ls` lists it.")
    private String name = "";

    CredentialsRotateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,126}")) {
            // Never quoted: somebody may have pasted the value.
            throw CommandFailedException.usage(
                    "NAME must be the name of a credential, a-z 0-9 and -", "`hansard credentials ls` lists them");
        }
        JsonNode done;
        try (AdminClient client = admin.client(terminal)) {
            done = client.post(CredentialsCommand.PATH + "/" + name + ":rotate", JsonNodeFactory.instance.objectNode());
        }
        if (done.hasNonNull("trouble")) {
            throw new CommandFailedException(
                    ExitCode.ANSWER_IS_NO, "'" + name + "' was not rotated: " + Json.text(done, "trouble"), "");
        }
        terminal.out().println(done.path("version").asText(""));
        terminal.hint(
                done.path("changed").asBoolean()
                        ? "calls use it from now on"
                        : "the source has the same value as before; write the new one there first");
        return ExitCode.DONE;
    }
}
