// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.spool;

import dev.hansard.boot.cli.ConfigFile;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.SpoolAdoption;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.text.Progress;
import dev.hansard.boot.text.ProgressBar;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hansard spool adopt}. */
@Command(
        name = "adopt",
        description = "Store what a dead node has left in its spool, under its name. Other nodes go on running.",
        footer = {
            "",
            "Prints the name of the dead node. It may be killed and run again: nothing is lost or stored twice.",
            "Exit code 1 when files are left that cannot be stored; each is named, and stays where it is."
        })
final class AdoptCommand implements Callable<Integer> {
    private static final long KIB = 1024;

    private final Terminal terminal;
    private final SpoolAdoption adoption;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration of the nodes.")
    private @Nullable Path config;

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            required = true,
            description = "What was storage.data-dir of the dead node.")
    private Path dataDir = Path.of("");

    AdoptCommand(Terminal terminal, SpoolAdoption adoption) {
        this.terminal = terminal;
        this.adoption = adoption;
    }

    @Override
    public Integer call() {
        Settings settings = ConfigFile.chosen(config, terminal).load();
        Progress progress = terminal.errIsTerminal() ? new ProgressBar(terminal.err()) : Progress.NONE;
        var most = new Most();
        SpoolAdoption.Adopted adopted;
        try {
            adopted = adoption.adopt(settings, dataDir, left -> {
                long all = most.with(left);
                progress.at((all - left) / KIB, all / KIB, "KiB of the spool");
            });
        } finally {
            progress.end();
        }
        terminal.out().println(adopted.node());
        adopted.left().forEach(file -> terminal.hint("left: " + file));
        terminal.hint(adopted.segments() + " segments stored, " + adopted.unfinished() + " calls had no end, "
                + adopted.damagedBytes() + " bytes are damaged; "
                + (adopted.left().isEmpty()
                        ? "nothing is left in " + dataDir + " that is not stored"
                        : adopted.left().size() + " files are left, mend what they say and run it again"));
        return adopted.left().isEmpty() ? ExitCode.DONE : ExitCode.ANSWER_IS_NO;
    }

    /** The most that was ever left is taken for the whole. */
    private static final class Most {
        private long most;

        long with(long left) {
            most = Math.max(most, left);
            return most;
        }
    }
}
