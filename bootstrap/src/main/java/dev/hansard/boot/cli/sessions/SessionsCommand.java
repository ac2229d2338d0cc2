// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.sessions;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.text.Visible;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.SessionId;
import java.time.ZoneId;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code hansard sessions}. */
@Command(
        name = "sessions",
        description = "List, show, follow, search and export what was recorded.",
        footer = {"", "A query: service:payments status:>=500 method:POST,PUT path:/v1/orders/* after:2h before:30m"})
public final class SessionsCommand {
    private SessionsCommand() {}

    /** The command with its own commands. */
    public static CommandLine over(Terminal terminal, ZoneId zone) {
        return new CommandLine(new SessionsCommand())
                .addSubcommand(new LsCommand(terminal, zone))
                .addSubcommand(new ShowCommand(terminal))
                .addSubcommand(new BodyCommand(terminal))
                .addSubcommand(new TailCommand(terminal, zone))
                .addSubcommand(new SearchCommand(terminal, zone))
                .addSubcommand(new EraseCommand(terminal))
                .addSubcommand(new ExportCommand(terminal));
    }

    /** The path of a session, from the id as it was typed. */
    static String path(String id) {
        return "/api/v1/sessions/" + id(id);
    }

    /** An id as it was typed, when it is one. */
    static String id(String id) {
        try {
            return SessionId.parse(id).toString();
        } catch (InvalidValueException e) {
            String message = e.getMessage();
            throw CommandFailedException.usage(
                    Visible.inLine(message == null ? "not a session id" : message),
                    "`hansard sessions ls -o id` lists ids");
        }
    }
}
