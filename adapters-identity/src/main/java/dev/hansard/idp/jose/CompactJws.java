// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A signed token in compact form (RFC 7515 section 7.1) that came through the gate: three segments of canonical
 * base64url, none empty, a header that is strict JSON, and nothing in it by which the sender could choose the key or
 * change the reading (RFC 8725 sections 3.1 and 3.10). Nothing of it is verified. The gate is in front of every
 * library, because libraries forgive: of the vectors of Wycheproof with a changed spelling, Nimbus alone accepts 13.
 */
public final class CompactJws {
    /** The longest token; header fields of more are refused by many servers as well. */
    public static final int LONGEST = 8192;

    /** How many objects and arrays of a token may lie in one another. */
    public static final int DEEPEST = 4;

    /** The longest name of a key. */
    public static final int LONGEST_KEY_ID = 128;

    /** Parameters that are refused whatever their value; {@code jwk} is allowed only where it is the point. */
    private static final Set<String> FORBIDDEN =
            Set.of("crit", "b64", "jku", "jwk", "x5u", "x5c", "zip", "enc", "epk", "cty");

    private final JsonObject header;
    private final byte[] payload;
    private final byte[] signed;
    private final byte[] signature;
    private final Base64URL signatureText;

    private CompactJws(JsonObject header, byte[] payload, byte[] signed, byte[] signature, String signatureText) {
        this.header = header;
        this.payload = payload;
        this.signed = signed;
        this.signature = signature;
        this.signatureText = new Base64URL(signatureText);
    }

    /** Lets a token through the gate. */
    public static CompactJws parse(byte[] bytes, int from, int to) throws FlawedTokenException {
        CompactJws token = split(bytes, from, to);
        token.refuse(FORBIDDEN, false);
        return token;
    }

    /** Lets a proof through the gate that carries its own key, as those of DPoP do (RFC 9449 section 4.2). */
    public static CompactJws parseWithKey(byte[] bytes, int from, int to) throws FlawedTokenException {
        CompactJws token = split(bytes, from, to);
        token.refuse(FORBIDDEN, true);
        return token;
    }

    private static CompactJws split(byte[] bytes, int from, int to) throws FlawedTokenException {
        if (to - from > LONGEST) {
            throw new FlawedTokenException(Flaw.TOO_LONG);
        }
        int first = dot(bytes, from, to);
        int second = dot(bytes, first + 1, to);
        if (first == from || second == first + 1 || second + 1 == to) {
            throw new FlawedTokenException(Flaw.NOT_CANONICAL);
        }
        byte[] header = Base64Url.decode(bytes, from, first);
        byte[] payload = Base64Url.decode(bytes, first + 1, second);
        byte[] signature = Base64Url.decode(bytes, second + 1, to); // A third dot is no letter of base64url.
        return new CompactJws(
                StrictJson.object(header, DEEPEST),
                payload,
                Arrays.copyOfRange(bytes, from, second),
                signature,
                new String(bytes, second + 1, to - second - 1, StandardCharsets.ISO_8859_1));
    }

    private static int dot(byte[] bytes, int from, int to) throws FlawedTokenException {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '.') {
                return at;
            }
        }
        throw new FlawedTokenException(Flaw.NOT_CANONICAL);
    }

    private void refuse(Set<String> names, boolean keyIsAllowed) throws FlawedTokenException {
        for (String name : header.names()) {
            if (names.contains(name) && !(keyIsAllowed && name.equals("jwk"))) {
                throw new FlawedTokenException(Flaw.FORBIDDEN_HEADER);
            }
        }
    }

    public JsonObject header() {
        return header;
    }

    /** The algorithm that the token names, when it is one that may be allowed at all. */
    public SignatureAlgorithm algorithm() throws FlawedTokenException {
        String name = header.text("alg");
        SignatureAlgorithm algorithm = name == null ? null : SignatureAlgorithm.named(name);
        if (algorithm == null) {
            throw new FlawedTokenException(Flaw.WRONG_ALGORITHM);
        }
        return algorithm;
    }

    /** The name of the key; only ever the key of a map. */
    public @Nullable String keyId() throws FlawedTokenException {
        String id = header.text("kid");
        if (id != null && id.length() > LONGEST_KEY_ID) {
            throw new FlawedTokenException(Flaw.UNKNOWN_KEY);
        }
        return id;
    }

    /** The media type in lower case, without the {@code application/} that may be left out (RFC 7515 section 4.1.9). */
    public @Nullable String type() throws FlawedTokenException {
        String type = header.text("typ");
        return type == null ? null : MediaTypes.shortened(type);
    }

    /** Reads the payload as claims. */
    public JsonObject claims() throws FlawedTokenException {
        return StrictJson.object(payload, DEEPEST);
    }

    byte[] signed() {
        return signed;
    }

    byte[] signature() {
        return signature;
    }

    Base64URL signatureText() {
        return signatureText;
    }
}
