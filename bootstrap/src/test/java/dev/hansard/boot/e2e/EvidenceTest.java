// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Screen;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a call to a proof that needs no network, on a whole node. */
final class EvidenceTest {
    private static final Pattern INDEX = Pattern.compile("\"index\":(\\d+)");

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void provesACallOfflineAndFindsItAltered() throws Exception {
        Path data = folder.resolve("data");
        Path bundle = folder.resolve("evidence.zip");
        List<String> ids = new ArrayList<>();
        try (var upstream = ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                RunningNode node = configured(upstream.port())) {
            for (int i = 0; i < 3; i++) {
                ids.add(called(node));
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            get(node, "/api/v1/ledger/proof/" + ids.getLast()).statusCode() == 200);

            assertThat(INDEX.matcher(get(node, "/api/v1/ledger/proof/" + ids.getFirst())
                                    .body())
                            .find())
                    .isTrue();
            Screen exported = Screen.piped();
            int exit = exported.run(
                    "sessions",
                    "export",
                    "--format",
                    "evidence",
                    "--file",
                    bundle.toString(),
                    "--admin",
                    node.adminUrl(),
                    ids.get(0),
                    ids.get(2));
            assertThat(exit).as(exported.err()).isEqualTo(ExitCode.DONE);

            Screen beside = Screen.piped();
            assertThat(beside.run("verify", "--data-dir", data.toString()))
                    .as(beside.out() + beside.err())
                    .isEqualTo(0);
            assertThat(beside.err()).contains("intact: 3 leaves", "the catalog is in use by the running node");
        }

        String key = data.resolve("ledger.pub").toString();
        checksOffline(bundle, key, ids);
        checksSince(data);
    }

    private void checksOffline(Path bundle, String key, List<String> ids) throws IOException {
        Screen offline = Screen.piped();
        int checked = offline.run("verify", bundle.toString(), "--key", key);
        assertThat(checked).as(offline.out() + offline.err()).isEqualTo(ExitCode.DONE);
        assertThat(offline.out()).contains("intact " + ids.get(0), "intact " + ids.get(2));
        for (String part : List.of("record.warc.zst", "leaf", "leaf.tlog-proof")) {
            Path altered = altered(bundle, ids.get(0) + "/" + part);
            Screen screen = Screen.piped();
            assertThat(screen.run("verify", altered.toString(), "--key", key)).isEqualTo(ExitCode.ANSWER_IS_NO);
            assertThat(screen.out()).contains("broken " + ids.get(0), "intact " + ids.get(2));
        }
    }

    private void checksSince(Path data) throws IOException {
        Path saved = folder.resolve("checkpoint");
        Screen stopped = Screen.piped();
        assertThat(stopped.run("verify", "--data-dir", data.toString(), "--save", saved.toString()))
                .as(stopped.out() + stopped.err())
                .isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(saved)).startsWith("hansard/ledger/node-");
        Screen again = Screen.piped();
        assertThat(again.run("verify", "--data-dir", data.toString(), "--since", saved.toString()))
                .isEqualTo(ExitCode.DONE);
    }

    private RunningNode configured(int port) throws IOException {
        return RunningNode.configured(folder, """
                version: 1
                listeners: { default: { address: 127.0.0.1:0 } }
                admin: { address: 127.0.0.1:0 }
                services: { payments: http://127.0.0.1:%d }
                storage: { data-dir: data }
                ledger: { checkpoint-every: 100ms }
                """.formatted(port));
    }

    private String called(RunningNode node) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/payments/v1"))
                        .build(),
                BodyHandlers.ofString());
        return response.headers().firstValue("Hansard-Session").orElseThrow();
    }

    private HttpResponse<String> get(RunningNode node, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(node.adminUrl() + path)).build(), BodyHandlers.ofString());
    }

    private Path altered(Path bundle, String part) throws IOException {
        Path altered = Files.createTempFile(folder, "altered", ".zip");
        try (var from = new ZipFile(bundle.toFile());
                var to = new ZipOutputStream(Files.newOutputStream(altered))) {
            for (ZipEntry entry : from.stream().toList()) {
                byte[] bytes = from.getInputStream(entry).readAllBytes();
                if (entry.getName().equals(part)) {
                    bytes[bytes.length / 2] ^= 1;
                }
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write(bytes);
            }
        }
        return altered;
    }
}
