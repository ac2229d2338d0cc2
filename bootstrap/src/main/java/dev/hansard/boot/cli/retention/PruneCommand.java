// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.retention;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.Listing;
import dev.hansard.boot.text.Figures;
import dev.hansard.boot.text.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansard retention prune}. It asks for a few segments at a time, so that it can show how far it has come. */
@Command(
        name = "prune",
        description = "Remove what has expired now, and not when the schedule comes to it; up to what one run takes.")
final class PruneCommand implements Callable<Integer> {
    private static final int AT_A_TIME = 10;
    private static final int CELLS = 24;

    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private Listing listing = new Listing();

    @Option(names = "--dry-run", description = "Show the plan only; as `hansard retention plan`.")
    private boolean dryRun;

    PruneCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (AdminClient client = admin.client(terminal)) {
            JsonNode plan = client.json(RetentionCommands.RETENTION);
            if (dryRun) {
                PlanCommand.print(terminal, listing, plan);
                return ExitCode.DONE;
            }
            ObjectNode sum = run(client, plan);
            if (listing.isTable()) {
                terminal.out()
                        .println("removed " + sum.path("sessions").asLong() + " sessions of "
                                + sum.path("segments").asLong() + " segments, "
                                + Figures.size(sum.path("bytes").asLong()));
            } else {
                terminal.out().println(Json.pretty(sum));
            }
            long left = sum.path("segmentsLeft").asLong();
            if (left > 0) {
                terminal.hint(left + " segments are due and wait for the next run");
            }
        }
        return ExitCode.DONE;
    }

    private ObjectNode run(AdminClient client, JsonNode plan) {
        ObjectNode sum = JsonNodeFactory.instance.objectNode();
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        long most = Math.min(
                plan.path("segments").asLong(), plan.path("mostSegments").asLong());
        long done = 0;
        long taken;
        do {
            long next = Math.max(1, Math.min(AT_A_TIME, most - done));
            JsonNode part = client.post(RetentionCommands.RETENTION + ":prune?segments=" + next, nothing);
            for (String member : new String[] {"segments", "sessions", "bytes"}) {
                sum.put(member, sum.path(member).asLong() + part.path(member).asLong());
            }
            sum.put("segmentsLeft", part.path("segmentsLeft").asLong());
            taken = part.path("segments").asLong();
            done += taken;
            draw(done, most);
        } while (taken > 0 && done < most);
        if (terminal.errIsTerminal()) {
            terminal.err().print("\r" + " ".repeat(2 * CELLS) + "\r");
            terminal.err().flush();
        }
        return sum;
    }

    private void draw(long done, long most) {
        if (terminal.errIsTerminal() && most > 0) {
            int full = (int) Math.min(CELLS, done * CELLS / most);
            terminal.err().print("\r[" + "#".repeat(full) + ".".repeat(CELLS - full) + "] " + done + " of " + most);
            terminal.err().flush();
        }
    }
}
