// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.sessions;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.ReasonOption;
import dev.hansard.boot.cli.ledger.EvidenceBundle;
import dev.hansard.ports.value.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansard sessions export}. */
@Command(
        name = "export",
        description = "Write sessions to a file, for others.",
        footer = {"", "evidence: a zip that proves them to whoever has the ledger's public key; `hansard verify ZIP`."})
final class ExportCommand implements Callable<Integer> {
    /** What can be written. */
    enum Format {
        EVIDENCE
    }

    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Parameters(paramLabel = "ID", arity = "1..*", description = "The sessions.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--format", paramLabel = "evidence", required = true, description = "What to write.")
    private Format format = Format.EVIDENCE;

    @Option(names = "--file", paramLabel = "FILE", required = true, description = "Where to; it must not be there yet.")
    private @Nullable Path file;

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<SessionId> sessions = new LinkedHashSet<>(ids)
                .stream().map(id -> SessionId.parse(SessionsCommand.id(id))).toList();
        Path to = file;
        if (to == null || Files.exists(to)) {
            throw CommandFailedException.usage(to + " is there already", "name another file");
        }
        Path half = to.resolveSibling(to.getFileName() + ".part");
        try (AdminClient client = reason.client(admin, terminal)) {
            int broken = switch (format) {
                case EVIDENCE -> written(client, sessions, half);
            };
            Files.move(half, to);
            terminal.out().println(to);
            return broken == 0 ? ExitCode.DONE : ExitCode.ANSWER_IS_NO;
        } catch (IOException e) {
            throw CommandFailedException.usage(to + " cannot be written: " + e.getMessage(), "");
        } finally {
            remove(half);
        }
    }

    /** How many of them are not as they were entered; they are written all the same, and said. */
    private int written(AdminClient client, List<SessionId> sessions, Path to) throws IOException {
        int broken = 0;
        try (OutputStream out = Files.newOutputStream(to);
                var bundle = new EvidenceBundle.Writer(out, text(client, "/api/v1/ledger/key"))) {
            for (SessionId id : sessions) {
                var proof = client.json("/api/v1/ledger/proof/" + id);
                try (InputStream record =
                        client.get("/api/v1/ledger/record/" + id, Map.of()).body()) {
                    byte[] leaf = Base64.getDecoder().decode(proof.path("leaf").asText());
                    bundle.add(id, record, leaf, proof.path("proof").asText());
                }
                if (!proof.path("intact").asBoolean()) {
                    broken++;
                    terminal.err().println("warning: the record of " + id + " is not the one that was entered");
                }
            }
        }
        return broken;
    }

    private static String text(AdminClient client, String path) throws IOException {
        try (InputStream in = client.get(path, Map.of()).body()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static void remove(Path half) {
        try {
            Files.deleteIfExists(half);
        } catch (IOException _) {
            // Its name says what it is.
        }
    }
}
