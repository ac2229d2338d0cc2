// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.health.NodeHealth;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeApiTest {
    private final RunningAdmin admin = RunningAdmin.start();

    @AfterEach
    void leavesNothingBehind() {
        admin.close();
    }

    @Test
    void isUpWhileItLives() throws IOException, InterruptedException {
        admin.checks.set(0, new NodeHealth.Check("spool", false, "disk full"));

        HttpResponse<String> answer = admin.get("/healthz");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"up\"}\n");
    }

    @Test
    void isReadyWhenEveryCheckIsWell() throws IOException, InterruptedException {
        HttpResponse<String> answer = admin.get("/readyz");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"ready\":true,\"checks\":[{\"name\":\"spool\",\"well\":true,\"detail\":\"\"}]}\n");
    }

    @Test
    void saysWhyItIsNotReady() throws IOException, InterruptedException {
        admin.checks.add(new NodeHealth.Check("catalog", false, "locked"));

        HttpResponse<String> answer = admin.get("/readyz");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .contains("\"ready\":false", "\"name\":\"catalog\",\"well\":false,\"detail\":\"locked\"");
    }

    @Test
    void showsTheCounters() throws IOException, InterruptedException {
        HttpResponse<String> answer = admin.get("/api/v1/counters");

        assertThat(answer.body())
                .isEqualTo("{\"received\":10,\"forwarded\":8,\"recorded\":7,\"partial\":1,\"unrecorded\":0,"
                        + "\"refused\":{\"no_route\":2},\"inFlight\":0,"
                        + "\"masking\":{\"failures\":0,\"withheldRequests\":{\"syntax\":1},"
                        + "\"withheldResponses\":{}},\"figures\":{}}\n");
    }

    @Test
    void listsWhatCanBeAsked() throws IOException, InterruptedException {
        HttpResponse<String> answer = admin.get("/");

        assertThat(answer.body()).contains("\"/api/v1/sessions:tail\"", "\"contract\":\"/api/openapi.yaml\"");
    }

    @Test
    void answersProbesInHttpOneZero() throws IOException {
        String live = admin.raw("GET /healthz HTTP/1.0\r\n\r\n");
        String ready = admin.raw("GET /readyz HTTP/1.0\r\nUser-Agent: probe\r\n\r\n");

        assertThat(live).startsWith("HTTP/1.1 200 \r\n").endsWith("\r\n\r\n{\"status\":\"up\"}\n");
        assertThat(ready).startsWith("HTTP/1.1 200 \r\n").contains("Connection: close\r\n", "\"ready\":true");
    }

    @Test
    void refusesEverythingElseInHttpOneZero() throws IOException {
        String answer = admin.raw("GET /api/v1/sessions HTTP/1.0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 505 \r\n").contains("\"code\":\"http_version_not_supported\"");
    }

    @Test
    void answersAProbeThatComesInPieces() throws Exception {
        try (var socket = admin.socket()) {
            for (String piece : new String[] {"GET /hea", "lthz HTTP/1", ".0\r", "\n\r\n"}) {
                socket.getOutputStream().write(piece.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }

            String answer =
                    new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 200 \r\n");
        }
    }

    @Test
    void answersHeadWithoutContent() throws IOException, InterruptedException {
        HttpResponse<String> answer = admin.send("HEAD", "/healthz");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).contains("16");
        assertThat(answer.body()).isEmpty();
    }
}
