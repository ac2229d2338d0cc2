// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A public key with the algorithms that it verifies: the one that its JWK names, or those of its kind. Immutable, and
 * safe for any number of threads.
 */
public final class VerificationKey {
    /** NIST SP 800-131A; RFC 7518 section 3.3. */
    private static final int FEWEST_RSA_BITS = 2048;

    /** Verification gets slow with the cube of it, and nobody uses more. */
    private static final int MOST_RSA_BITS = 8192;

    /** FIPS 186-5 section 5.1: smaller ones are where broken paddings become forgeries. */
    private static final BigInteger LEAST_RSA_EXPONENT = BigInteger.valueOf(65537);

    private static final int MOST_RSA_EXPONENT_BITS = 64;
    private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    /** All that is taken of a JWK; certificates and URLs in it are for others. */
    private static final List<String> NUMBERS = List.of("n", "e", "x", "y");

    private final @Nullable String id;
    private final Set<SignatureAlgorithm> algorithms;
    private final Verifier verifier;
    private final String thumbprint;
    private final Map<String, String> jwk;

    private VerificationKey(
            @Nullable String id,
            Set<SignatureAlgorithm> algorithms,
            Verifier verifier,
            String thumbprint,
            Map<String, String> jwk) {
        this.id = id;
        this.algorithms = algorithms;
        this.verifier = verifier;
        this.thumbprint = thumbprint;
        this.jwk = Map.copyOf(jwk);
    }

    /** Whether a signature is that of the key over the bytes. */
    private interface Verifier {
        boolean verifies(SignatureAlgorithm algorithm, CompactJws token);
    }

    /** Whether the key is published for something else than the signatures that are known here. */
    static boolean isForAnotherUse(JsonObject jwk) throws FlawedTokenException {
        String use = jwk.text("use");
        String algorithm = jwk.text("alg");
        return (use != null && !use.equals("sig"))
                || (jwk.has("key_ops") && !jwk.texts("key_ops").contains("verify"))
                || (algorithm != null && SignatureAlgorithm.named(algorithm) == null)
                || fitting(jwk).isEmpty();
    }

    /** Reads a JWK (RFC 7517); throws when it must not be used to verify. */
    public static VerificationKey parse(JsonObject jwk) throws UnusableKeyException {
        try {
            for (String name : PRIVATE) {
                if (jwk.has(name)) {
                    throw new UnusableKeyException("is private, and has been given away by being sent");
                }
            }
            if (isForAnotherUse(jwk)) {
                throw new UnusableKeyException("is for another use than the signatures that are known here");
            }
            Map<String, String> numbers = numbersOf(jwk);
            JWK key = JWK.parse(new HashMap<>(numbers));
            return new VerificationKey(
                    jwk.text("kid"),
                    fitting(jwk),
                    verifierOf(key),
                    key.computeThumbprint().toString(),
                    numbers);
        } catch (FlawedTokenException | ParseException | JOSEException | IllegalArgumentException _) {
            throw new UnusableKeyException("is no well-formed public key");
        }
    }

    private static Set<SignatureAlgorithm> fitting(JsonObject jwk) throws FlawedTokenException {
        String kind = switch (jwk.text("kty")) {
            case "RSA" -> "RSA";
            case "EC", "OKP" -> jwk.text("crv");
            case null, default -> null;
        };
        String named = jwk.text("alg");
        Set<SignatureAlgorithm> fitting = EnumSet.noneOf(SignatureAlgorithm.class);
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            if (kind != null && algorithm.fits(kind) && (named == null || named.equals(algorithm.inTokens()))) {
                fitting.add(algorithm);
            }
        }
        return fitting;
    }

    private static Map<String, String> numbersOf(JsonObject jwk) throws FlawedTokenException {
        Map<String, String> numbers = new HashMap<>();
        for (String name : List.of("kty", "crv")) {
            if (jwk.has(name)) {
                numbers.put(name, String.valueOf(jwk.text(name)));
            }
        }
        for (String name : NUMBERS) {
            String number = jwk.text(name);
            if (number != null) {
                Base64Url.decode(number); // Nimbus ignores what is no letter.
                numbers.put(name, number);
            }
        }
        return numbers;
    }

    private static Verifier verifierOf(JWK key) throws JOSEException, UnusableKeyException {
        return switch (key) {
            case RSAKey rsa -> byNimbus(new RSASSAVerifier(checked(rsa.toRSAPublicKey())));
            case ECKey ec -> byNimbus(new ECDSAVerifier(ec.toECPublicKey()));
            case OctetKeyPair pair -> Ed25519Verification.of(pair.getDecodedX())::verifies;
            default -> throw new UnusableKeyException("is of a type that is not known here");
        };
    }

    private static Verifier byNimbus(JWSVerifier verifier) {
        return (algorithm, token) -> {
            try {
                return verifier.verify(new JWSHeader(algorithm.asNimbus()), token.signed(), token.signatureText());
            } catch (JOSEException _) {
                return false;
            }
        };
    }

    private static RSAPublicKey checked(RSAPublicKey key) throws UnusableKeyException {
        int bits = key.getModulus().bitLength();
        BigInteger exponent = key.getPublicExponent();
        if (bits < FEWEST_RSA_BITS || bits > MOST_RSA_BITS) {
            throw new UnusableKeyException(
                    "has " + bits + " bits, but must have " + FEWEST_RSA_BITS + " to " + MOST_RSA_BITS);
        }
        if (exponent.compareTo(LEAST_RSA_EXPONENT) < 0
                || exponent.bitLength() > MOST_RSA_EXPONENT_BITS
                || !exponent.testBit(0)) {
            throw new UnusableKeyException("has an exponent that is even, or not between 65537 and 2^64");
        }
        if (RocaFingerprint.isOn(key.getModulus())) {
            throw new UnusableKeyException("is one that can be broken (ROCA, CVE-2017-15361)");
        }
        return key;
    }

    /** Its name in the set; null when it has none. */
    public @Nullable String id() {
        return id;
    }

    /** The algorithms that it verifies; never empty. */
    public Set<SignatureAlgorithm> algorithms() {
        return Set.copyOf(algorithms);
    }

    /** What makes it as members of a JWK: type, curve and numbers. */
    public Map<String, String> jwk() {
        return jwk;
    }

    /** Its JWK thumbprint with SHA-256 (RFC 7638), in base64url. */
    public String thumbprint() {
        return thumbprint;
    }

    boolean verifiesBy(SignatureAlgorithm algorithm) {
        return algorithms.contains(algorithm);
    }

    /** Verifies the signature by the algorithm that the token names. */
    public void verify(CompactJws token) throws FlawedTokenException {
        SignatureAlgorithm algorithm = token.algorithm();
        if (!verifiesBy(algorithm)) {
            throw new FlawedTokenException(Flaw.WRONG_ALGORITHM);
        }
        if (!verifier.verifies(algorithm, token)) {
            throw new FlawedTokenException(Flaw.BAD_SIGNATURE);
        }
    }
}
