// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.recovery;

import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.text.Visible;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansard restore}. */
@Command(
        name = "restore",
        description = "Put a backup into an empty data folder, once all of it has been found to be right.",
        footer = {
            "",
            "A copy of its folder 'payloads' may be there already; afterwards `hansard storage rebuild-catalog` lists",
            "them again.",
            "The node gets a new name and a ledger of its own: the old ledger stays provable, and nobody can sign a",
            "second history of it. Prints the name of the node; what is not in the backup is said beside it."
        })
public final class RestoreCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final NodeReturn back;

    @Option(names = "--from", paramLabel = "FILE", required = true, description = "The backup.")
    private Path from = Path.of("");

    @Mixin
    private SealOption seal = new SealOption();

    @Mixin
    private NodeOption node = new NodeOption();

    @Option(
            names = "--same-node",
            description = "Keep the node's name and ledger key: only when the old node is gone for good. When more of"
                    + " its ledger is published than the folder has, nothing is appended to it.")
    private boolean sameNode;

    private RestoreCommand(Terminal terminal, NodeReturn back) {
        this.terminal = terminal;
        this.back = back;
    }

    public static CommandLine over(Terminal terminal, NodeReturn back) {
        return new CommandLine(new RestoreCommand(terminal, back));
    }

    @Override
    public Integer call() {
        NodeReturn.Returned done = back.restore(node.stopped(terminal), seal.file(from), sameNode);
        terminal.out().println(done.node());
        done.since().forEach(line -> terminal.err().println("since then: " + Visible.inLine(line)));
        done.unknown().forEach(line -> terminal.err().println("not known: " + Visible.inLine(line)));
        terminal.hint("the backup is of " + done.facts().madeAt() + " and of "
                + done.facts().node()
                + "; put its segments back if they are not there, and then `hansard storage rebuild-catalog`");
        return ExitCode.DONE;
    }
}
