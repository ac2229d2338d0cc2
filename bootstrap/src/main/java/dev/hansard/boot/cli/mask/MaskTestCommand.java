// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.mask;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.mask.MaskPreview.Applied;
import dev.hansard.boot.cli.mask.MaskPreview.Outcome;
import dev.hansard.boot.text.Visible;
import dev.hansard.core.masking.rule.MaskAction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansard mask test}. */
@Command(
        name = "test",
        description = "Print a content as the record would keep it, and which rule masks what.",
        footer = {"", "Exit codes: 0 the record would keep it, 1 it would be withheld."})
final class MaskTestCommand implements Callable<Integer> {
    private static final int MOST_MIB = 64;
    private static final int MOST_BYTES = MOST_MIB << 20;

    private static final Map<String, String> TYPES = Map.of(
            "json", "application/json",
            "ndjson", "application/x-ndjson",
            "jsonl", "application/x-ndjson",
            "xml", "application/xml",
            "html", "text/html",
            "csv", "text/csv",
            "txt", "text/plain",
            "log", "text/plain");

    /** How the answer is printed. */
    enum OutputFormat {
        TEXT,
        JSON
    }

    private final Terminal terminal;
    private final InputStream in;
    private final MaskPreview preview;

    @Mixin
    private RuleOption rules = new RuleOption();

    @Parameters(paramLabel = "FILE|-", description = "The content; - is the standard input.")
    private Path file = Path.of("-");

    @Option(
            names = "--content-type",
            paramLabel = "TYPE",
            description = "As in a head, such as application/json. Left out: by the end of the file's name.")
    private @Nullable String contentType;

    @Option(
            names = "--content-encoding",
            paramLabel = "CODINGS",
            split = ",",
            description = "As in a head, such as gzip.")
    private List<String> contentEncodings = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            description = "How it is printed (default: ${DEFAULT-VALUE}).",
            defaultValue = "text")
    private OutputFormat output = OutputFormat.TEXT;

    MaskTestCommand(Terminal terminal, InputStream in, MaskPreview preview) {
        this.terminal = terminal;
        this.in = in;
        this.preview = preview;
    }

    @Override
    public Integer call() {
        Applied applied = rules.applied(terminal);
        byte[] content = content();
        Outcome outcome = preview.mask(applied, type(), contentEncodings, content);
        if (output == OutputFormat.JSON) {
            terminal.out().println(new MaskReport(outcome).json());
        } else {
            new MaskReport(outcome).print(terminal);
            if (applied.tokenKey() == null && makesTokens(applied)) {
                terminal.hint("tokens are shown as ***: there is no masking.token-key, and only a node has its own");
            }
        }
        if (content.length > applied.recording().bodyBytes()) {
            terminal.hint("only the first " + applied.recording().bodyBytes()
                    + " bytes were looked at: record.body-bytes says that no more is recorded");
        }
        return outcome instanceof MaskPreview.Withheld ? ExitCode.ANSWER_IS_NO : ExitCode.DONE;
    }

    private static boolean makesTokens(Applied applied) {
        return applied.masking().rules().stream().anyMatch(rule -> rule.action() instanceof MaskAction.Token);
    }

    private String type() {
        if (contentType != null) {
            return contentType;
        }
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(end, "");
    }

    private byte[] content() {
        String shown = Visible.quoted(file.toString());
        try {
            byte[] content = read();
            if (content.length > MOST_BYTES) {
                throw CommandFailedException.usage("'" + shown + "' is larger than " + MOST_MIB + "MiB", "take a part");
            }
            return content;
        } catch (IOException _) {
            throw CommandFailedException.usage("'" + shown + "' cannot be read", "check the path and its rights");
        }
    }

    private byte[] read() throws IOException {
        if (file.toString().equals("-")) {
            return in.readNBytes(MOST_BYTES + 1);
        }
        try (InputStream from = Files.newInputStream(file)) {
            return from.readNBytes(MOST_BYTES + 1);
        }
    }
}
