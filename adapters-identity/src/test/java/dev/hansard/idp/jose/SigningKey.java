// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A key of an issuer or a client in tests; signs with the JDK alone, so that a library does not verify itself. */
public record SigningKey(String id, String algorithm, KeyPair pair) {
    public static SigningKey rsa(String id) {
        return of(id, "RS256", "RSA", "2048");
    }

    public static SigningKey ec(String id) {
        return of(id, "ES256", "EC", "secp256r1");
    }

    public static SigningKey ed25519(String id) {
        return of(id, "EdDSA", "Ed25519", "");
    }

    public static SigningKey of(String id, String algorithm, String type, String parameter) {
        try {
            var generator = KeyPairGenerator.getInstance(type);
            if (type.equals("RSA")) {
                generator.initialize(Integer.parseInt(parameter));
            } else if (type.equals("EC")) {
                generator.initialize(new ECGenParameterSpec(parameter));
            }
            return new SigningKey(id, algorithm, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The same key for another algorithm. */
    public SigningKey by(String otherAlgorithm) {
        return new SigningKey(id, otherAlgorithm, pair);
    }

    /** The same key under another name. */
    public SigningKey named(String otherId) {
        return new SigningKey(otherId, algorithm, pair);
    }

    /** A token with this header, exactly, and this payload. */
    public String sign(String header, String payload) {
        String signed = base64(header) + "." + base64(payload);
        return signed + "." + base64(signature(signed.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** A token of claims with the usual header. */
    public String sign(String type, Map<String, ?> claims) {
        return sign(JsonText.of(header(type)), JsonText.of(claims));
    }

    public Map<String, Object> header(String type) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", algorithm);
        header.put("kid", id);
        header.put("typ", type);
        return header;
    }

    public byte[] signature(byte[] signed) {
        try {
            Signature signature = switch (algorithm) {
                case "EdDSA", "Ed25519" -> Signature.getInstance("Ed25519");
                case "ES256", "ES384", "ES512" -> Signature.getInstance(sha() + "withECDSAinP1363Format");
                case "PS256", "PS384", "PS512" -> Signature.getInstance("RSASSA-PSS");
                default -> Signature.getInstance(sha() + "withRSA");
            };
            if (algorithm.startsWith("PS")) {
                int bits = Integer.parseInt(algorithm.substring(2));
                var mask = new MGF1ParameterSpec("SHA-" + bits);
                signature.setParameter(new PSSParameterSpec("SHA-" + bits, "MGF1", mask, bits / 8, 1));
            }
            signature.initSign(pair.getPrivate());
            signature.update(signed);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String sha() {
        return "SHA" + algorithm.substring(2);
    }

    /** The public key as issuers publish it. */
    public Map<String, Object> jwk() {
        Map<String, Object> jwk = bareJwk();
        jwk.put("kid", id);
        jwk.put("use", "sig");
        jwk.put("alg", algorithm);
        return jwk;
    }

    /** The public key and nothing else, as clients show it. */
    public Map<String, Object> bareJwk() {
        Map<String, Object> jwk = new LinkedHashMap<>();
        switch (pair.getPublic()) {
            case RSAPublicKey rsa -> {
                jwk.put("e", base64(bytes(rsa.getPublicExponent(), 3)));
                jwk.put("kty", "RSA");
                jwk.put("n", base64(bytes(rsa.getModulus(), rsa.getModulus().bitLength() / 8)));
            }
            case ECPublicKey ec -> {
                int bits = ec.getParams().getCurve().getField().getFieldSize();
                jwk.put("crv", "P-" + bits);
                jwk.put("kty", "EC");
                jwk.put("x", base64(bytes(ec.getW().getAffineX(), (bits + 7) / 8)));
                jwk.put("y", base64(bytes(ec.getW().getAffineY(), (bits + 7) / 8)));
            }
            case EdECPublicKey ed -> {
                jwk.put("crv", "Ed25519");
                jwk.put("kty", "OKP");
                byte[] encoded = ed.getEncoded();
                jwk.put("x", base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
            }
            default -> throw new AssertionError("no JWK of " + pair.getPublic().getAlgorithm());
        }
        return jwk;
    }

    private static byte[] bytes(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        var padded = new byte[length];
        int taken = Math.min(length, bytes.length);
        System.arraycopy(bytes, bytes.length - taken, padded, length - taken, taken);
        return padded;
    }

    public static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
