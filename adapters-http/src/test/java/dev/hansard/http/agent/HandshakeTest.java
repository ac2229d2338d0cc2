// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.value.AgentName;
import dev.hansard.ports.value.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HandshakeTest {
    private static final String TURNED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: hansard-agent/1\r\nConnection: Upgrade\r\n\r\n";

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void asksForTheUpgradeInItsOwnName() throws IOException {
        var out = new ByteArrayOutputStream();
        var gateway = new GatewaySettings(
                new UpstreamAddress(true, "gw.example.com", 8443),
                UpstreamTls.DEFAULT,
                new AgentName("dc2"),
                Path.of("token"),
                4);

        Handshake.ask(out, gateway, "0123456789abcdef", Secret.of("the-token"));

        assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo("""
                        GET /.hansard/agents/dc2 HTTP/1.1\r
                        Host: gw.example.com:8443\r
                        Connection: Upgrade\r
                        Upgrade: hansard-agent/1\r
                        Hansard-Agent-Process: 0123456789abcdef\r
                        Authorization: Bearer the-token\r
                        \r
                        """);
    }

    @Test
    void leavesTheFirstRequestUnread() throws IOException {
        ByteArrayInputStream in = in(TURNED + "GET / HTTP/1.1\r\n");

        Handshake.readAnswer(in);

        assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)).isEqualTo("GET / HTTP/1.1\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "401, --token-file",
        "404, has no agents",
        "426, compare the releases",
        "503, takes no more",
        "200, answered 200",
        "302, answered 302",
    })
    void saysWhyItIsNotTakenOn(int status, String why) {
        assertThatThrownBy(() -> Handshake.readAnswer(in("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n")))
                .isInstanceOf(HandshakeException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"SSH-2.0-OpenSSH_9", "HTTP/1.1 101 Switching Protocols", "''"})
    void takesNoOtherServerForAGateway(String greeting) {
        assertThatThrownBy(() -> Handshake.readAnswer(in(greeting + "\r\n\r\n")))
                .isInstanceOf(HandshakeException.class);
    }

    @Test
    void readsNoEndlessHead() {
        assertThatThrownBy(() -> Handshake.readAnswer(in("HTTP/1.1 101 X\r\n" + "A: b\r\n".repeat(100_000))))
                .isInstanceOf(HandshakeException.class)
                .hasMessageContaining("too_many_fields");
    }

    @FuzzTest(maxDuration = "60s")
    void readsAnyAnswer(byte[] raw) throws IOException {
        try {
            Handshake.readAnswer(new ByteArrayInputStream(raw));

            assertThat(new String(raw, StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 101 ");
        } catch (HandshakeException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
