// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Progress;
import dev.hansard.boot.text.ProgressBar;
import dev.hansard.boot.text.Visible;
import dev.hansard.ports.recovery.CatalogRebuild;
import dev.hansard.ports.recovery.CatalogRebuild.State;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hansard storage rebuild-catalog}. */
@Command(
        name = "rebuild-catalog",
        description = "Make the catalog again from segments and spool: no record is changed.",
        footer = {
            "",
            "Without --config and --data-dir a running node does it, and lists fewer sessions until it is done; it",
            "needs the role admin. It may be killed and run again; a node whose rebuild was killed begins it anew.",
            "Exit code 1 when a segment could not be read; each is named."
        })
public final class RebuildCatalogCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/storage/catalog";
    private static final long LOOK_MILLIS = 200;

    private final Terminal terminal;
    private final CatalogRebuilding rebuilding;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private NodeOption node = new NodeOption();

    private RebuildCatalogCommand(Terminal terminal, CatalogRebuilding rebuilding) {
        this.terminal = terminal;
        this.rebuilding = rebuilding;
    }

    public static CommandLine over(Terminal terminal, CatalogRebuilding rebuilding) {
        return new CommandLine(new RebuildCatalogCommand(terminal, rebuilding));
    }

    @Override
    public Integer call() {
        Progress progress = terminal.errIsTerminal() ? new ProgressBar(terminal.err()) : Progress.NONE;
        CatalogRebuilding.Done done;
        try {
            done = node.isRunning() ? online(progress) : rebuilding.rebuild(node.stopped(terminal), at(progress));
        } finally {
            progress.end();
        }
        return say(done);
    }

    private static Consumer<CatalogRebuild> at(Progress progress) {
        return so -> progress.at(so.segments(), so.ofSegments(), "segments, " + so.sessions() + " sessions");
    }

    private CatalogRebuilding.Done online(Progress progress) {
        try (AdminClient client = admin.client(terminal)) {
            CatalogRebuild so = read(client.post(PATH + ":rebuild", JsonNodeFactory.instance.objectNode()));
            while (so.state() == State.RUNNING) {
                at(progress).accept(so);
                Thread.sleep(LOOK_MILLIS);
                so = read(client.json(PATH));
            }
            if (so.state() != State.DONE) {
                throw new CommandFailedException(
                        ExitCode.UNREACHABLE, "the rebuild broke off: " + so.trouble(), "run it again");
            }
            return new CatalogRebuilding.Done(so, true);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(ExitCode.TIMED_OUT, "interrupted; the node goes on", "");
        }
    }

    private static CatalogRebuild read(JsonNode so) {
        List<String> unreadable = new ArrayList<>();
        so.path("unreadable").forEach(item -> unreadable.add(item.asText()));
        return new CatalogRebuild(
                state(Json.text(so, "state")),
                so.path("segments").asLong(),
                so.path("ofSegments").asLong(),
                so.path("sessions").asLong(),
                unreadable,
                Json.text(so, "trouble"));
    }

    private static State state(String word) {
        for (State state : State.values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        throw new CommandFailedException(
                ExitCode.UNREACHABLE, "the node calls the rebuild '" + word + "'", "use the hansard of its version");
    }

    private int say(CatalogRebuilding.Done done) {
        CatalogRebuild so = done.rebuild();
        terminal.out()
                .println(so.sessions() + " sessions came back from "
                        + (so.segments() - so.unreadable().size()) + " segments");
        so.unreadable().forEach(line -> terminal.err().println("unreadable: " + Visible.inLine(line)));
        if (!done.isWhole()) {
            terminal.hint("the spool is not indexed to its end yet; the node goes on with it when it is started");
        }
        if (!so.unreadable().isEmpty()) {
            terminal.hint(so.unreadable().size() + " segments could not be read: put copies of them back and run it"
                    + " again; `hansard verify` says what is missing");
        }
        return so.unreadable().isEmpty() ? ExitCode.DONE : ExitCode.ANSWER_IS_NO;
    }
}
