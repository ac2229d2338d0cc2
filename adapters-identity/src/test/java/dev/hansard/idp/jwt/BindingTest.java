// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import static dev.hansard.idp.jwt.Scene.EC;
import static dev.hansard.idp.jwt.Scene.TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.identity.PresentedBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens that are bound to the client certificate of the connection (RFC 8705). */
class BindingTest {
    private static final X509Certificate OURS = certificate("""
            -----BEGIN CERTIFICATE-----
            MIIBdTCCARugAwIBAgIUZG9LY11IUMvOhIqdAO6XoN/XVcMwCgYIKoZIzj0EAwIw
            DzENMAsGA1UEAwwEb3VyczAgFw0yNjExMjMwODI1NTFaGA8yMTI2MTAzMDA4MjU1
            MVowDzENMAsGA1UEAwwEb3VyczBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABC9M
            XVxeFgXPy9mMTiVyZ682MYenIhwW4JH8VNDQYlxMEFdrJPWfXqrR55hIWXs9liVp
            xcsF4WD2ImXjU3wQIGyjUzBRMB0GA1UdDgQWBBRt2XEAFEbzxp+PaKGXprcXPduz
            GTAfBgNVHSMEGDAWgBRt2XEAFEbzxp+PaKGXprcXPduzGTAPBgNVHRMBAf8EBTAD
            AQH/MAoGCCqGSM49BAMCA0gAMEUCIQDh8S+ckW7Fl6JXM2p3qnlB15mh0zTTBXbP
            uxXbmeQhqAIgFTrJhq1Fd/Qc/l2Me2Q+EbuE8+biaHeld/hLPb6ZCAI=
            -----END CERTIFICATE-----
            """);
    private static final X509Certificate THEIRS = certificate("""
            -----BEGIN CERTIFICATE-----
            MIIBejCCAR+gAwIBAgIUUVI7pAzj22fPu0LgtVaxlW0ZvFswCgYIKoZIzj0EAwIw
            ETEPMA0GA1UEAwwGdGhlaXJzMCAXDTI2MTEyMzA4MjU1MVoYDzIxMjYxMDMwMDgy
            NTUxWjARMQ8wDQYDVQQDDAZ0aGVpcnMwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
            AARTnZh2OwEHZO3cqiBpywhwOExG86XBvP3iK6ifJ+dAaSqA4IRmc+WYtXy2H+MI
            7jbtK+ZOXTOa8kcMpzz/UmR6o1MwUTAdBgNVHQ4EFgQUGn9OZkMpBK5in/kSYyJd
            g17eltIwHwYDVR0jBBgwFoAUGn9OZkMpBK5in/kSYyJdg17eltIwDwYDVR0TAQH/
            BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAvrD9dCH+nb9VAz+LUajS3+sqNqk5
            1C3rKsoxYJC/OMYCIQDtrxt28iU3xo9FfqY/XaV0R6kOu0bklaTYFHf1ZIfDlg==
            -----END CERTIFICATE-----
            """);

    /** Of ours, by OpenSSL. */
    private static final String THUMBPRINT = "dhv7lBCPTN5cShETafbwcU0RSm0GHDGXiSJ6UwLSHh0";

    private final Scene scene = Scene.usual();

    @AfterEach
    void closeScene() {
        scene.close();
    }

    private String bound() {
        return EC.sign(TYPE, scene.claims("cnf", Map.of("x5t#S256", THUMBPRINT)));
    }

    private static String wordOf(Scene scene, PresentedBuilder call) {
        return Scene.word(scene.provider.identify(call.build()));
    }

    @Test
    void recognisesTheHolderOfTheCertificate() {
        var call = PresentedBuilder.aCall().bearer(bound()).overTls(OURS, THEIRS);

        assertThat(wordOf(scene, call)).isEqualTo("recognised");
    }

    @Test
    void refusesWhoeverElseShowsTheToken() {
        String token = bound();
        assertThat(wordOf(scene, PresentedBuilder.aCall().bearer(token).overTls(OURS)))
                .isEqualTo("recognised");

        assertThat(wordOf(scene, PresentedBuilder.aCall().bearer(token).overTls(THEIRS, OURS)))
                .isEqualTo("wrong_certificate");
        assertThat(wordOf(scene, PresentedBuilder.aCall().bearer(token).overTls()))
                .isEqualTo("bound_token_without_proof");
        assertThat(wordOf(scene, PresentedBuilder.aCall().bearer(token))).isEqualTo("bound_token_without_proof");
    }

    @Test
    void asksForBoundTokensWhereToldSo() {
        for (String bound : new String[] {"mtls", "any"}) {
            try (var asking = Scene.with(Map.of("require-bound", bound))) {
                var free = PresentedBuilder.aCall().bearer(asking.token()).overTls(OURS);
                assertThat(wordOf(asking, free)).as(bound).isEqualTo("unbound_token");

                var good = PresentedBuilder.aCall().bearer(bound()).overTls(OURS);
                assertThat(wordOf(asking, good)).as(bound).isEqualTo("recognised");
            }
        }
        try (var asking = Scene.with(Map.of("require-bound", "dpop"))) {
            var other = PresentedBuilder.aCall().bearer(bound()).overTls(OURS);
            assertThat(wordOf(asking, other)).isEqualTo("unbound_token");
        }
    }

    private static X509Certificate certificate(String pem) {
        try (var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (CertificateException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
