// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import static dev.hansard.idp.jose.SigningKey.base64;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent as a token ends in a token or in a flaw; what gets through the gate has one spelling. */
class CompactJwsFuzzTest {
    static byte[][] tokens() {
        String header = base64("{\"alg\":\"ES256\",\"kid\":\"k\",\"typ\":\"at+jwt\",\"jwk\":{\"kty\":\"EC\"}}");
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
        } catch (FlawedTokenException _) {
            // As it should be.
        }
    }

    private static void requireOneSpelling(byte[] bytes, CompactJws token) {
        String again = new String(token.signed(), StandardCharsets.US_ASCII) + "." + base64(token.signature());
        if (!Arrays.equals(again.getBytes(StandardCharsets.US_ASCII), bytes)) {
            throw new IllegalStateException("a token with two spellings came through the gate");
        }
    }

    @MethodSource("tokens")
    @FuzzTest(maxDuration = "10s")
    void readsAnyKeySet(byte[] bytes) {
        try {
            KeySet.parse(bytes).leftOut();
        } catch (UnusableKeyException _) {
            // As it should be.
        }
    }
}
