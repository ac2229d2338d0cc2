// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.SpoolAdoption.Adopted;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.wiring.DeadSpool;
import dev.hansard.boot.wiring.NodeClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolCommandTest {
    private static final String SHARED = """
            version: 1
            services: { payments: "http://127.0.0.1:9" }
            storage:
              data-dir: data
              catalog: { type: postgresql, url: 'jdbc:postgresql://127.0.0.1:9/none' }
              payloads: { type: minio, endpoint: 'http://127.0.0.1:9', bucket: abc, access-key: a, secret-key: "${env:S}" }
            """;

    @TempDir
    private Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Path> adopted = new ArrayList<>();

    private int run(boolean isTerminal, List<String> left) throws IOException {
        Path config = Files.writeString(folder.resolve("hansard.yaml"), SHARED);
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                isTerminal,
                isTerminal,
                80,
                Map.of("S", "secret"));
        return SpoolCommand.over(terminal, (settings, dataDir, bytesLeft) -> {
                    bytesLeft.accept(4096);
                    bytesLeft.accept(1024);
                    adopted.add(dataDir);
                    return new Adopted("node-1", 3, 2, 0, left);
                })
                .execute("adopt", "--config", config.toString(), "--data-dir", "/mnt/dead");
    }

    @Test
    void printsTheNameOfTheDeadNode() throws IOException {
        int code = run(false, List.of());

        assertThat(code).isZero();
        assertThat(adopted).containsExactly(Path.of("/mnt/dead"));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("node-1");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("3 segments stored, 2 calls had no end", "nothing is left in /mnt/dead")
                .doesNotContain("[#");
    }

    @Test
    void drawsABarForPeople() throws IOException {
        run(true, List.of());

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("3 of 4, KiB of the spool");
    }

    @Test
    void namesWhatIsLeftAndSaysNo() throws IOException {
        int code = run(false, List.of("0000000007.spool (512 bytes): it is too large"));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("left: 0000000007.spool (512 bytes): it is too large");
    }

    @Test
    void refusesStoresThatNobodyShares() {
        var adoption = new DeadSpool(NodeClock.system());
        Settings alone = Settings.forUpstream("http://127.0.0.1:9");

        assertThatThrownBy(() -> adoption.adopt(alone, folder, _ -> {}))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("storage.catalog is h2");
    }
}
