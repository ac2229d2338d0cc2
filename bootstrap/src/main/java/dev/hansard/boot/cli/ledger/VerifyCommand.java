// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.ledger;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ConfigFile;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.settings.storage.StorageSettings;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Progress;
import dev.hansard.boot.text.ProgressBar;
import dev.hansard.boot.text.Visible;
import dev.hansard.core.ledger.note.LedgerPublicKey;
import dev.hansard.core.ledger.note.SignedNote;
import dev.hansard.core.ledger.verify.Finding;
import dev.hansard.core.ledger.verify.Verification;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansard verify}. */
@Command(
        name = "verify",
        description = "Prove that what is recorded is whole: every record, its leaf, and the signed ledger.",
        footer = {
            "",
            "It reads the stores themselves, so it believes no running node, only the key. Keep the checkpoint that",
            "it prints with --save, elsewhere, and give it with --since: a ledger that was turned back shows then.",
            "Exit codes: 0 everything is as it was recorded, 1 something is not."
        })
public final class VerifyCommand implements Callable<Integer> {
    /** How the answer is printed. */
    enum OutputFormat {
        TABLE,
        NDJSON
    }

    private final Terminal terminal;
    private final StoredLedger.Opening opening;

    @Parameters(
            paramLabel = "BUNDLE",
            arity = "0..1",
            description = "An evidence bundle; left out, the stores of the configuration.")
    private @Nullable Path bundle;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration that names the stores.")
    private @Nullable Path config;

    @Option(names = "--data-dir", paramLabel = "FOLDER", description = "A node's data folder, instead.")
    private @Nullable Path dataDir;

    @Option(names = "--node", paramLabel = "NAME", description = "Whose ledger (default: that of the data folder).")
    private @Nullable String node;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The public key (default: ledger.pub of the data folder, or of the bundle).")
    private @Nullable Path key;

    @Option(
            names = "--neighbour",
            paramLabel = "FILE",
            description = "The public key of another node of the same stores: its ledger must then tell what it removed"
                    + " of this one's records. May be given more than once.")
    private List<Path> neighbours = List.of();

    @Option(names = "--since", paramLabel = "FILE", description = "A checkpoint from before.")
    private @Nullable Path since;

    @Option(names = "--save", paramLabel = "FILE", description = "Write the verified checkpoint here.")
    private @Nullable Path save;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|ndjson",
            description = "How it is printed (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.TABLE;

    private VerifyCommand(Terminal terminal, StoredLedger.Opening opening) {
        this.terminal = terminal;
        this.opening = opening;
    }

    public static CommandLine over(Terminal terminal, StoredLedger.Opening opening) {
        return new CommandLine(new VerifyCommand(terminal, opening));
    }

    @Override
    public Integer call() {
        return bundle == null ? stores() : bundle(bundle);
    }

    private int bundle(Path file) {
        LedgerPublicKey trusted = key == null ? null : publicKey(key);
        EvidenceBundle.Verdict verdict = EvidenceBundle.check(file, trusted);
        verdict.lines().forEach(line -> terminal.out().println(Visible.inLine(line)));
        if (key == null) {
            terminal.hint("the key came from the bundle itself; name one that you know to be right with --key");
        }
        return verdict.isIntact() ? ExitCode.DONE : ExitCode.ANSWER_IS_NO;
    }

    private int stores() {
        Verification.Result result;
        try (StoredLedger ledger = opening.open(storage(), node)) {
            LedgerPublicKey trusted = publicKey(key == null ? ledger.publicKey() : key);
            SignedNote before = since == null ? null : note(since);
            if (ledger.stores().catalog() == null) {
                terminal.hint("the catalog is in use by the running node, so its rows are not compared");
            }
            result = verify(new Verification(ledger.stores(), new Verification.Trust(trusted, before, others())));
        } catch (StorageException | InvalidValueException e) {
            throw new CommandFailedException(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()), "");
        }
        print(result);
        if (save != null && result.isIntact()) {
            save(save, result.checkpoint());
        }
        return result.isIntact() ? ExitCode.DONE : ExitCode.ANSWER_IS_NO;
    }

    private List<LedgerPublicKey> others() {
        return neighbours.stream().map(VerifyCommand::publicKey).toList();
    }

    private StorageSettings storage() {
        return dataDir == null
                ? ConfigFile.chosen(config, terminal).load().storage()
                : StorageSettings.DEFAULT.in(dataDir);
    }

    private Verification.Result verify(Verification verification) {
        Progress progress = terminal.errIsTerminal() ? new ProgressBar(terminal.err()) : Progress.NONE;
        try {
            return verification.run(this::print, (leaves, of) -> progress.at(leaves, of, "leaves"));
        } finally {
            progress.end();
        }
    }

    private void print(Finding finding) {
        if (output == OutputFormat.TABLE) {
            terminal.out().println(Visible.inLine(finding.toString()));
            return;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("kind", finding.kind().word());
        if (finding.id() != null) {
            line.put("session", finding.id().toString());
        }
        line.put("place", finding.place());
        line.put("text", finding.text());
        terminal.out().println(Json.line(Json.tree(line)));
    }

    private void print(Verification.Result result) {
        String of = result.leaves() + " leaves, " + result.records() + " records as they were entered"
                + (result.pending() == 0 ? "" : ", " + result.pending() + " newer than the checkpoint")
                + (result.events() == 0 ? "" : ", " + result.events() + " events")
                + (result.lost() == 0 ? "" : ", " + result.lost() + " that the ledger itself calls lost");
        terminal.err().println(result.isIntact() ? "intact: " + of : result.findings() + " findings; " + of);
    }

    private static LedgerPublicKey publicKey(Path file) {
        try {
            return LedgerPublicKey.parse(text(file));
        } catch (InvalidValueException e) {
            throw CommandFailedException.usage(
                    file + " holds no ledger key: " + e.getMessage(), "it is ledger.pub of the node's data folder");
        }
    }

    private static SignedNote note(Path file) {
        try {
            return SignedNote.parse(text(file));
        } catch (InvalidValueException e) {
            throw CommandFailedException.usage(file + " holds no checkpoint: " + e.getMessage(), "");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw CommandFailedException.usage(file + " cannot be read", "name another one");
        }
    }

    private static void save(Path file, String checkpoint) {
        try {
            Files.writeString(file, checkpoint);
        } catch (IOException e) {
            throw CommandFailedException.usage(file + " cannot be written", "");
        }
    }
}
