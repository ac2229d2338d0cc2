// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The algorithms that may be allowed: asymmetric ones only, because a shared secret makes everybody who can verify able
 * to sign, and is how a public key gets taken for one (RFC 8725 section 2.1).
 */
public enum SignatureAlgorithm {
    RS256("RS256", "RSA"),
    RS384("RS384", "RSA"),
    RS512("RS512", "RSA"),
    PS256("PS256", "RSA"),
    PS384("PS384", "RSA"),
    PS512("PS512", "RSA"),
    ES256("ES256", "P-256"),
    ES384("ES384", "P-384"),
    ES512("ES512", "P-521"),
    /** RFC 8037; Ed25519 is the only curve of it that is known here. */
    EDDSA("EdDSA", "Ed25519"),
    /** The same under its later name (RFC 9864). */
    ED25519("Ed25519", "Ed25519");

    private static final Map<String, SignatureAlgorithm> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(one -> one.name, Function.identity()));

    private final String name;

    /** The kind of key: the curve where there is one, else the key type. */
    private final String kind;

    SignatureAlgorithm(String name, String kind) {
        this.name = name;
        this.kind = kind;
    }

    /** The algorithm with exactly that name; null when there is none. */
    public static @Nullable SignatureAlgorithm named(String name) {
        return BY_NAME.get(name);
    }

    /** The name in a token's header. */
    public String inTokens() {
        return name;
    }

    boolean fits(String kindOfKey) {
        return kind.equals(kindOfKey);
    }

    JWSAlgorithm asNimbus() {
        return JWSAlgorithm.parse(name);
    }
}
