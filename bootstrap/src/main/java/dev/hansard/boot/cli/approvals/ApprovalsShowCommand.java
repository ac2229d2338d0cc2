// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.OutputFormat;
import dev.hansard.boot.cli.admin.ReasonOption;
import dev.hansard.boot.text.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansard approvals show}. */
@Command(
        name = "show",
        description = "Show a request that waits, masked, as it will be sent; that you read it is in the audit log.")
final class ApprovalsShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Parameters(paramLabel = "ID", description = "The approval, by its id.")
    private String id = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|wide|json|ndjson|id",
            description = "How to print (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.TABLE;

    ApprovalsShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode approval;
        try (AdminClient client = reason.client(admin, terminal)) {
            approval = client.json(ApprovalCommands.path(id));
        }
        switch (output) {
            case JSON -> terminal.out().println(Json.pretty(approval));
            case NDJSON -> terminal.out().println(Json.line(approval));
            case ID -> terminal.out().println(Json.text(approval, "id"));
            case TABLE, WIDE -> ApprovalText.of(approval).forEach(terminal.out()::println);
        }
        return ExitCode.DONE;
    }
}
