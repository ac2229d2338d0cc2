// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.sessions;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.ReasonOption;
import dev.hansard.boot.text.Content;
import dev.hansard.boot.text.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansard sessions body}. */
@Command(name = "body", description = "Write the recorded content of a request or response, byte for byte.")
final class BodyCommand implements Callable<Integer> {
    private static final int BUFFER_BYTES = 64 * 1024;

    /** The messages of a session. */
    enum Message {
        REQUEST,
        RESPONSE;

        String word() {
            return this == REQUEST ? "request" : "response";
        }
    }

    /** What is done with a content encoding. */
    enum View {
        RAW,
        DECODED;

        String word() {
            return this == RAW ? "raw" : "decoded";
        }
    }

    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Parameters(index = "0", paramLabel = "ID", description = "The session.")
    private String id = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "request|response",
            description = "Whose content (default: response).")
    private Message message = Message.RESPONSE;

    @Option(
            names = "--view",
            paramLabel = "raw|decoded",
            description = "As it was sent, or with its content encoding undone (default: ${DEFAULT-VALUE}).",
            defaultValue = "raw")
    private View view = View.RAW;

    @Option(
            names = "--ignore-evidence",
            description = "Write it even when the record is not what was entered in the ledger.")
    private boolean withoutEvidence;

    @Option(names = "--out", paramLabel = "FILE", description = "Write it to this file instead.")
    private @Nullable Path out;

    BodyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String path = SessionsCommand.path(id) + "/" + message.word() + "/body?view=" + view.word()
                + (withoutEvidence ? "&evidence=ignored" : "");
        try (AdminClient client = reason.client(admin, terminal)) {
            HttpResponse<InputStream> response = client.get(path, Map.of("Accept", "*/*"));
            try (InputStream in = response.body()) {
                if (out == null) {
                    toOutput(in);
                } else {
                    toFile(in, out);
                }
            } catch (IOException e) {
                throw client.brokenOff(e);
            }
            note(response);
        }
        return ExitCode.DONE;
    }

    private void toOutput(InputStream in) throws IOException {
        byte[] beginning = in.readNBytes(BUFFER_BYTES);
        // A terminal acts on what it gets: only text without anything to act on may go there.
        if (terminal.outIsTerminal()) {
            if (!Content.isText(beginning)) {
                throw CommandFailedException.usage(
                        "the content is not text, and a terminal would act on it",
                        "add --out FILE, or send the output to a file or another program");
            }
            printSafely(beginning, in);
            return;
        }
        copy(beginning, in, terminal.out());
        terminal.out().flush();
    }

    private void printSafely(byte[] beginning, InputStream in) throws IOException {
        byte[] chunk = beginning;
        var decoder = new Content.Decoder();
        while (chunk.length > 0 && !terminal.out().checkError()) {
            terminal.out().print(Visible.inBlock(decoder.decode(chunk)));
            chunk = in.readNBytes(BUFFER_BYTES);
        }
        terminal.out().println(Visible.inBlock(decoder.end()));
    }

    private void toFile(InputStream in, Path file) throws IOException {
        try (OutputStream to = open(file)) {
            copy(new byte[0], in, to);
        }
        terminal.err().println("written to " + file);
    }

    private static OutputStream open(Path file) {
        try {
            return Files.newOutputStream(file);
        } catch (IOException _) {
            throw CommandFailedException.usage("'" + file + "' cannot be written", "check the folder and its rights");
        }
    }

    private static void copy(byte[] beginning, InputStream in, OutputStream to) throws IOException {
        to.write(beginning);
        in.transferTo(to);
    }

    private void note(HttpResponse<InputStream> response) {
        if (response.headers().firstValue("Hansard-Truncated").orElse("").equals("true")) {
            terminal.hint("this is the beginning only; more went through than the record keeps");
        }
        if (response.headers().firstValue("Hansard-Mask-Status").orElse("").equals("withheld")) {
            terminal.hint("the content could not be masked safely and was not kept");
        }
    }
}
