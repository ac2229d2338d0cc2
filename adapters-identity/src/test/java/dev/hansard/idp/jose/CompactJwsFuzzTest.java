// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import static dev.hansard.idp.jose.SigningKey.base64;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent as a token ends in a token or in a flaw; what gets through the gate has one spelling. */
class CompactJwsFuzzTest {
    static byte[][] tokens() {
        String jwk = JsonText.of(SigningKey.ec("k").bareJwk());
        String header = base64("{\"alg\":\"ES256\",\"kid\":\"k\",\"typ\":\"at+jwt\",\"jwk\":" + jwk + "}");
        String claims = base64("{\"iss\":\"i\",\"exp\":1.7e9,\"aud\":[\"a\"],\"cnf\":{\"jkt\":\"x\"}}");
        return new byte[][] {
            (header + "." + claims + ".AAAA").getBytes(StandardCharsets.UTF_8),
            "..".getBytes(StandardCharsets.UTF_8),
            new byte[0]
        };
    }

    @MethodSource("tokens")
    @FuzzTest(maxDuration = "10s")
    void readsAnything(byte[] bytes) {
        try {
            CompactJws token = CompactJws.parseWithKey(bytes, 0, bytes.length);
            requireOneSpelling(bytes, token);
            token.claims();
            token.algorithm();
            token.keyId();
            token.type();
            readKey(token.header().object("jwk"));
        } catch (FlawedTokenException _) {
            // As it should be.
        }
    }

    private static void readKey(@Nullable JsonObject jwk) {
        try {
            if (jwk != null) {
                VerificationKey.parse(jwk).thumbprint();
            }
        } catch (UnusableKeyException _) {
            // As it should be.
        }
    }

    private static void requireOneSpelling(byte[] bytes, CompactJws token) {
        String again = new String(token.signed(), StandardCharsets.US_ASCII) + "." + base64(token.signature());
        if (!Arrays.equals(again.getBytes(StandardCharsets.US_ASCII), bytes)) {
            throw new IllegalStateException("a token with two spellings came through the gate");
        }
    }

    static byte[][] texts() {
        String key = JsonText.of(SigningKey.ec("k").jwk());
        return new byte[][] {
            ("{\"alg\":\"ES256\",\"typ\":\"dpop+jwt\",\"jwk\":" + key + "}").getBytes(StandardCharsets.UTF_8),
            "{\"iss\":\"i\",\"exp\":1.7e9,\"a\":[{},null,true,1e99999999999,\"\\u00e9\"]}"
                    .getBytes(StandardCharsets.UTF_8)
        };
    }

    /** Behind base64url, which a fuzzer does not find by itself. */
    @MethodSource("texts")
    @FuzzTest(maxDuration = "10s")
    void readsAnyHeader(byte[] text) {
        readsAnything((base64(text) + "." + base64(text) + ".AAAA").getBytes(StandardCharsets.US_ASCII));
    }

    static byte[][] sets() {
        return new byte[][] {
            Published.set(SigningKey.ec("a"), SigningKey.ed25519("b")).getBytes(StandardCharsets.UTF_8),
            "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}".getBytes(StandardCharsets.UTF_8)
        };
    }

    @MethodSource("sets")
    @FuzzTest(maxDuration = "10s")
    void readsAnyKeySet(byte[] bytes) {
        try {
            KeySet.parse(bytes).leftOut();
        } catch (UnusableKeyException _) {
            // As it should be.
        }
    }
}
