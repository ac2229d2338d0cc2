// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.idp.jose.MovedClock;
import dev.hansard.ports.identity.DeviceSignIn;
import dev.hansard.ports.identity.DeviceSignIn.Beginning;
import dev.hansard.ports.identity.DeviceSignIn.Progress;
import dev.hansard.ports.identity.OidcIssuer;
import dev.hansard.ports.identity.SignIn;
import dev.hansard.ports.identity.SignIn.Outcome;
import dev.hansard.ports.spi.MapOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceFlowTest {
    private final MovedClock clock = new MovedClock();
    private final OidcIssuer issuer = OidcIssuer.start(clock::now);
    private final SignIn signIn = started(true);

    DeviceFlowTest() throws IOException {}

    private SignIn started(boolean device) {
        SignIn made = new OidcFactory()
                .create(
                        new MapOptions(
                                "corp",
                                Map.of(
                                        "issuer",
                                        issuer.url(),
                                        "client-id",
                                        OidcIssuer.CLIENT,
                                        "client-secret",
                                        OidcIssuer.SECRET,
                                        "device",
                                        device)),
                        clock.surroundings());
        made.start();
        return made;
    }

    @AfterEach
    void close() {
        signIn.close();
        issuer.close();
    }

    private Beginning begin() {
        DeviceSignIn onDevice = Objects.requireNonNull(signIn.onDevice());
        return onDevice.begin();
    }

    private static String word(Progress progress) {
        return switch (progress) {
            case Progress.Waiting(Duration interval) -> "wait " + interval.toSeconds();
            case Progress.Ended(Outcome.Proven proven) ->
                proven.person().caller().subject();
            case Progress.Ended(Outcome.Refused(String reason)) -> reason;
            case Progress.Ended(Outcome.Unavailable(String reason)) -> "unavailable: " + reason;
        };
    }

    private String end() {
        return word(((Beginning.Shown) begin()).attempt().poll());
    }

    @Test
    void isOfferedOnlyWhereItIsConfigured() {
        try (SignIn other = started(false)) {
            assertThat(other.onDevice()).isNull();
        }
    }

    @Test
    void provesWhoSignsInElsewhere() {
        Beginning.Shown shown = (Beginning.Shown) begin();
        String before = word(shown.attempt().poll());
        issuer.approveDevice();

        String after = word(shown.attempt().poll());

        assertThat(shown.invitation().code()).isEqualTo("WDJB-MJHT");
        assertThat(shown.invitation().place()).hasToString(issuer.url() + "/activate");
        assertThat(before).isEqualTo("wait 1");
        assertThat(after).isEqualTo("ann");
        assertThat(word(shown.attempt().poll())).isEqualTo("code_refused");
    }

    @Test
    void asksLessOftenWhenTold() {
        issuer.refuseDevice("slow_down");
        Beginning.Shown shown = (Beginning.Shown) begin();

        assertThat(word(shown.attempt().poll())).isEqualTo("wait 6");
        assertThat(word(shown.attempt().poll())).isEqualTo("wait 11");
    }

    @ParameterizedTest
    @CsvSource({"access_denied, access_denied", "expired_token, code_refused", "invalid_client, client_refused"})
    void endsWhereTheIssuerSaysNo(String error, String word) {
        issuer.refuseDevice(error);

        assertThat(end()).isEqualTo(word);
    }

    @Test
    void looksAtTheTokenAsInTheCodeFlow() {
        issuer.approveDevice();
        issuer.bendClaims(all -> all.put("aud", "another-client"));

        assertThat(end()).isEqualTo("wrong_audience");
    }

    @ParameterizedTest
    @CsvSource({"http://id.example.com/device, issuer_unreachable", ", not_offered"})
    void asksNobodyWhereNobodyIsToBeBelieved(String endpoint, String word) {
        issuer.bendMetadata(document -> {
            if (endpoint == null) {
                document.remove("device_authorization_endpoint");
            } else {
                document.put("device_authorization_endpoint", endpoint);
            }
        });

        assertThat(begin()).isEqualTo(new Beginning.Unavailable(word));
    }
}
