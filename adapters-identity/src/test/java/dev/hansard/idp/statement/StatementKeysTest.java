// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSObject;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.CallerStatement;
import dev.hansard.ports.identity.StatementSigner;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementKeysTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Secret key = StatementKeys.make();
    private final StatementSigner signer = StatementKeys.signer(key);

    private static CallerStatement about(Caller caller) {
        return new CallerStatement(
                new NodeName("node-1"), new ServiceName("payments"), caller, NOON, NOON.plusSeconds(60));
    }

    private static JsonNode part(String jws, int index) throws Exception {
        return JSON.readTree(Base64.getUrlDecoder().decode(jws.split("\\.", -1)[index]));
    }

    /** Read from the set by the letter of RFC 8037, as a target that knows nothing of Hansard would. */
    private static PublicKey published(JsonNode jwk) throws Exception {
        byte[] x = Base64.getUrlDecoder().decode(jwk.get("x").asText());
        boolean isOdd = (x[31] & 0x80) != 0;
        x[31] &= 0x7f;
        for (int i = 0; i < 16; i++) {
            byte swapped = x[i];
            x[i] = x[31 - i];
            x[31 - i] = swapped;
        }
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(
                        new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(isOdd, new BigInteger(1, x))));
    }

    @Test
    void signsWhatAnyoneCanVerifyByTheKeySet() throws Exception {
        String jws = signer.sign(about(new Caller("mesh", "checkout", List.of("shop"))));

        JsonNode jwk = JSON.readTree(signer.keySet()).get("keys").get(0);
        assertThat(part(jws, 0).get("kid")).isEqualTo(jwk.get("kid"));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(published(jwk));
        verifier.update(jws.substring(0, jws.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII));
        assertThat(verifier.verify(Base64.getUrlDecoder().decode(jws.split("\\.", -1)[2])))
                .isTrue();
        assertThat(JWSObject.parse(jws).getHeader().getType().getType()).isEqualTo("hansard-id+jwt");
    }

    @Test
    void saysWhoActsForWhom() throws Exception {
        var caller = new Caller("mesh", "späti \"x\"", List.of("a", "b"), List.of("near", "far"));

        JsonNode claims = part(signer.sign(about(caller)), 1);

        assertThat(claims).isEqualTo(JSON.readTree("""
                {"iss":"node-1","aud":"payments","sub":"späti \\"x\\"","idp":"mesh","groups":["a","b"],
                 "iat":1772366400,"exp":1772366460,"act":{"sub":"near","act":{"sub":"far"}}}"""));
    }

    @Test
    void publishesNothingOfThePrivateKey() throws Exception {
        JsonNode keys = JSON.readTree(signer.keySet());

        assertThat(keys.get("keys")).hasSize(1);
        assertThat(keys.get("keys").get(0).fieldNames())
                .toIterable()
                .containsExactly("kty", "crv", "x", "kid", "use", "alg");
        String secretHalf = key.reveal().split("\\.", -1)[0];
        assertThat(signer.keySet()).doesNotContain(secretHalf.substring(secretHalf.length() - 20));
    }

    @Test
    void hasTheSameKeyAfterARestart() {
        assertThat(StatementKeys.signer(key).keySet()).isEqualTo(signer.keySet());
        assertThat(StatementKeys.signer(StatementKeys.make()).keySet()).isNotEqualTo(signer.keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", ".", "a.b.c", "AAAA.AAAA", "!.!"})
    void refusesWhatIsNoKey(String text) {
        Secret wrong = Secret.of(text);

        assertThatThrownBy(() -> StatementKeys.signer(wrong)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void refusesHalvesThatDoNotBelongTogether() {
        String other = StatementKeys.make().reveal();
        Secret mixed = Secret.of(key.reveal().split("\\.", -1)[0] + "." + other.split("\\.", -1)[1]);

        assertThatThrownBy(() -> StatementKeys.signer(mixed)).isInstanceOf(InvalidValueException.class);
    }
}
