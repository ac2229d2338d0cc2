// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.OutputFormat;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Table;
import dev.hansard.ports.approval.ApprovalState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansard approvals ls}. */
@Command(name = "ls", description = "List the requests that wait for people or to be sent, newest first.")
final class ApprovalsLsCommand implements Callable<Integer> {
    private static final int MOST = 10_000;
    private static final int PAGE = 200;
    private static final List<String> OPEN = List.of(ApprovalState.PENDING.word(), ApprovalState.APPROVED.word());

    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Option(
            names = "--state",
            split = ",",
            paramLabel = "STATE",
            description = "pending, approved, denied, expired, withdrawn, used or collected; several with commas"
                    + " (default: pending,approved).")
    private List<String> states = new ArrayList<>();

    @Option(names = "--all", description = "Those that are over as well.")
    private boolean all;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many (default: ${DEFAULT-VALUE}).",
            defaultValue = "100")
    private int limit;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|wide|json|ndjson|id",
            description = "How to print (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.TABLE;

    ApprovalsLsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST) {
            throw CommandFailedException.usage("--limit must be 1 to " + MOST, "");
        }
        String chosen = all ? "" : "&state=" + String.join(",", states());
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        try (AdminClient client = admin.client(terminal)) {
            String cursor = "";
            do {
                String path = ApprovalCommands.APPROVALS + "?limit=" + Math.min(PAGE, limit - items.size()) + chosen;
                JsonNode page = client.json(cursor.isEmpty() ? path : path + "&cursor=" + cursor);
                page.path("items").forEach(items::add);
                cursor = Json.text(page, "nextCursor");
            } while (!cursor.isEmpty() && items.size() < limit);
        }
        print(items);
        return ExitCode.DONE;
    }

    private List<String> states() {
        List<String> known =
                Arrays.stream(ApprovalState.values()).map(ApprovalState::word).toList();
        for (String state : states) {
            if (!known.contains(state)) {
                throw CommandFailedException.usage(
                        "--state must be of " + known.stream().collect(Collectors.joining(", ")), "");
            }
        }
        return states.isEmpty() ? OPEN : states;
    }

    private void print(ArrayNode items) {
        switch (output) {
            case JSON ->
                terminal.out()
                        .println(Json.pretty(
                                JsonNodeFactory.instance.objectNode().set("items", items)));
            case NDJSON -> items.forEach(item -> terminal.out().println(Json.line(item)));
            case ID -> items.forEach(item -> terminal.out().println(Json.text(item, "id")));
            case TABLE, WIDE -> {
                boolean isWide = output == OutputFormat.WIDE;
                var table = new Table(ApprovalRow.COLUMNS, isWide ? Integer.MAX_VALUE : terminal.columns());
                items.forEach(item -> table.add(new ApprovalRow(item).cells()));
                table.lines().forEach(terminal.out()::println);
            }
        }
    }
}
