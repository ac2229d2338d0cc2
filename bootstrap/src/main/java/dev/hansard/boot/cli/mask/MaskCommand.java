// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.mask;

import dev.hansard.boot.cli.Terminal;
import java.io.InputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code hansard mask}. */
@Command(name = "mask", description = "Show what masking takes out of the record.")
public final class MaskCommand {
    private MaskCommand() {}

    /**
     * The command with its own commands.
     *
     * @param in the standard input
     */
    public static CommandLine over(Terminal terminal, InputStream in, MaskPreview preview) {
        return new CommandLine(new MaskCommand()).addSubcommand(new MaskTestCommand(terminal, in, preview));
    }
}
