// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansard config reload}. */
@Command(
        name = "reload",
        description = "Have a running node read its configuration again.",
        footer = {
            "",
            "Policies are put in force at once; calls under way keep those that they began with. What needs a restart",
            "is named. If anything is wrong, nothing changes. Exit code 0: it is in force; 1: it is wrong."
        })
final class ReloadCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Option(names = "--json", description = "Print the answer as it is.")
    private boolean json;

    ReloadCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode answer;
        try (AdminClient client = admin.client(terminal)) {
            answer = client.post("/api/v1/config:reload", JsonNodeFactory.instance.objectNode());
        }
        if (json) {
            terminal.out().println(Json.pretty(answer));
        } else {
            print(answer);
        }
        return answer.path("applied").asBoolean() ? ExitCode.DONE : ExitCode.ANSWER_IS_NO;
    }

    private void print(JsonNode answer) {
        for (JsonNode problem : answer.path("problems")) {
            terminal.err()
                    .println(Json.text(problem, "at") + ": " + Json.text(problem, "severity") + ": "
                            + Json.text(problem, "message"));
            String hint = Json.text(problem, "hint");
            if (!hint.isEmpty()) {
                terminal.err().println("  hint: " + hint);
            }
        }
        if (!answer.path("applied").asBoolean()) {
            terminal.err().println("nothing was changed: the last good configuration stays in force");
            return;
        }
        List<String> changed = names(answer, "changed");
        terminal.out()
                .println((changed.isEmpty() ? "nothing changed" : "changed " + String.join(", ", changed))
                        + "; policies " + Json.text(answer, "version"));
        List<String> needRestart = names(answer, "needRestart");
        if (!needRestart.isEmpty()) {
            terminal.hint("a restart is needed for " + String.join(", ", needRestart));
        }
    }

    private static List<String> names(JsonNode answer, String member) {
        var names = new ArrayList<String>();
        answer.path(member).forEach(name -> names.add(name.asText()));
        return names;
    }
}
