// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.mask;

import dev.hansard.boot.cli.Terminal;
import dev.hansard.core.masking.MaskingTools;
import java.io.InputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code hansard mask}. */
@Command(name = "mask", description = "Show what masking takes out of the record, and what it does not.")
public final class MaskCommand {
    private MaskCommand() {}

    /**
     * The command with its own commands.
     *
     * @param in the standard input
     * @param tools what looking through records needs
     */
    public static CommandLine over(Terminal terminal, InputStream in, MaskPreview preview, MaskingTools tools) {
        return new CommandLine(new MaskCommand())
                .addSubcommand(new MaskTestCommand(terminal, in, preview))
                .addSubcommand(new MaskScanCommand(terminal, tools));
    }
}
