// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.recovery;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.recovery.BackupFacts;
import dev.hansard.boot.recovery.BackupFile;
import dev.hansard.boot.text.Figures;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansard backup}. */
@Command(
        name = "backup",
        description = "Copy what cannot be made again: the control data, and the keys that a node keeps itself.",
        footer = {
            "",
            "In it are API keys (as digests), holds, the audit log, the masking key, the ledger's key. Not in it are",
            "records: copy segments or the bucket by their own means, afterwards. Nor the key-encryption key: keep a",
            "copy of it elsewhere. Without --config and --data-dir a running node gives it, to the role admin.",
            "Prints the name of the file, which is whole as soon as it is there."
        })
public final class BackupCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/backup";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Terminal terminal;
    private final NodeCopy copy;

    @Option(
            names = "--to",
            paramLabel = "FILE|FOLDER",
            required = true,
            description = "Where to; in a folder it is named hansard-TIME.backup.")
    private Path to = Path.of("");

    @Mixin
    private SealOption seal = new SealOption();

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private NodeOption node = new NodeOption();

    private BackupCommand(Terminal terminal, NodeCopy copy) {
        this.terminal = terminal;
        this.copy = copy;
    }

    public static CommandLine over(Terminal terminal, NodeCopy copy) {
        return new CommandLine(new BackupCommand(terminal, copy));
    }

    @Override
    public Integer call() {
        Path file = Files.isDirectory(to)
                ? to.resolve("hansard-" + STAMP.format(Instant.now(Clock.systemUTC())) + ".backup")
                : to;
        BackupFile backup = seal.file(file);
        BackupFacts facts = node.isRunning()
                ? write(file, backup, this::ask)
                : write(file, backup, out -> copy.write(node.stopped(terminal), out));
        terminal.out().println(file);
        terminal.hint("control data of " + facts.node() + " up to audit entry " + facts.auditNumber() + ", "
                + Figures.size(facts.parts().values().stream()
                        .mapToLong(BackupFacts.Part::bytes)
                        .sum())
                + "; segments and the key-encryption key are not in it");
        return ExitCode.DONE;
    }

    private static BackupFacts write(Path file, BackupFile backup, BackupFile.Content content) {
        try {
            return backup.write(content, new SecureRandom());
        } catch (FileAlreadyExistsException _) {
            throw CommandFailedException.usage(file + " is there already", "name another one; backups are kept");
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.UNREACHABLE,
                    "no backup was made in " + file + ": " + e.getMessage(),
                    "see that the folder can be written and has room, and try again");
        }
    }

    private void ask(OutputStream out) throws IOException {
        try (AdminClient client = admin.client(terminal);
                InputStream in = client.postForStream(PATH)) {
            in.transferTo(out);
        }
    }
}
