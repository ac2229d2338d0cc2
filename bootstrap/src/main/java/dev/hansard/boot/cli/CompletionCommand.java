// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hansard completion}. */
@Command(
        name = "completion",
        description = "Print a script that makes the shell complete hansard's commands.",
        footer = {"", "bash:  source <(hansard completion bash)", "zsh:   source <(hansard completion zsh)"})
final class CompletionCommand implements Callable<Integer> {
    /** The shells that have a script. */
    enum Shell {
        BASH,
        ZSH
    }

    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    private Shell shell = Shell.BASH;

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CommandLine root = Objects.requireNonNull(spec).root().commandLine();
        if (shell == Shell.ZSH) {
            terminal.out().println("autoload -U +X compinit && compinit");
            terminal.out().println("autoload -U +X bashcompinit && bashcompinit");
        }
        terminal.out().println(AutoComplete.bash("hansard", root));
        return ExitCode.DONE;
    }
}
