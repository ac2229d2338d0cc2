// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import dev.hansard.idp.jose.CompactJws;
import dev.hansard.idp.jose.Flaw;
import dev.hansard.idp.jose.FlawedTokenException;
import dev.hansard.idp.jose.JsonObject;
import dev.hansard.idp.jose.UnusableKeyException;
import dev.hansard.idp.jose.VerificationKey;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Identification.Refused;
import dev.hansard.ports.identity.Presented;
import dev.hansard.ports.spi.Surroundings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proofs that whoever shows a token holds the key that it is bound to (RFC 9449 section 4.3): signed by that key, for
 * this call and this token, a moment ago and not before.
 */
final class DpopProofs {
    static final String FIELD = "dpop";

    private static final String TYPE = "dpop+jwt";
    private static final int LONGEST_ID = 512;

    private final JwtSettings settings;
    private final Surroundings surroundings;
    private final @Nullable ProofNonces nonces;
    private final ProofMemory memory;

    /**
     * Checks with an empty memory.
     *
     * @param nonces which proofs must hold; null when they need none
     */
    DpopProofs(JwtSettings settings, @Nullable ProofNonces nonces, Surroundings surroundings) {
        this.settings = settings;
        this.nonces = nonces;
        this.surroundings = surroundings;
        // From the earliest moment at which a proof is accepted to the last, by clocks that differ.
        var span = settings.proofLife().plus(settings.clockSkew().multipliedBy(2));
        this.memory = new ProofMemory(settings.rememberedProofs(), span.toNanos(), surroundings.nanos());
    }

    /**
     * Checks the proof of a call.
     *
     * @param token digest of the token that it came with
     * @param boundTo thumbprint of the key that the token is bound to
     */
    void check(Presented presented, Digest256 token, String boundTo) throws FlawedTokenException {
        byte[] field = onlyField(presented.head().fields()).getBytes(StandardCharsets.ISO_8859_1);
        JsonObject claims = verified(field, boundTo);
        if (!presented.head().method().equals(claims.value("htm")) || !isFor(presented, claims.value("htu"))) {
            throw new FlawedTokenException(Flaw.PROOF_OF_ANOTHER_CALL);
        }
        if (!token.inBase64Url().equals(claims.value("ath"))) {
            throw new FlawedTokenException(Flaw.PROOF_OF_ANOTHER_TOKEN);
        }
        checkTime(claims);
        checkNonce(claims);
        remember(claims, boundTo);
    }

    private static String onlyField(Fields fields) throws FlawedTokenException {
        int at = fields.find(FIELD, 0);
        if (at < 0 || fields.find(FIELD, at + 1) >= 0) {
            throw new FlawedTokenException(Flaw.NOT_ONE_PROOF);
        }
        return fields.value(at);
    }

    private JsonObject verified(byte[] field, String boundTo) throws FlawedTokenException {
        VerificationKey key;
        CompactJws proof;
        JsonObject claims;
        try {
            proof = CompactJws.parseWithKey(field, 0, field.length);
            JsonObject jwk = proof.header().object("jwk");
            if (!TYPE.equals(proof.type())
                    || jwk == null
                    || !settings.algorithms().contains(proof.algorithm())) {
                throw new FlawedTokenException(Flaw.INVALID_PROOF);
            }
            key = VerificationKey.parse(jwk);
            claims = proof.claims();
        } catch (FlawedTokenException | UnusableKeyException _) {
            throw new FlawedTokenException(Flaw.INVALID_PROOF);
        }
        if (!key.thumbprint().equals(boundTo)) {
            throw new FlawedTokenException(Flaw.PROOF_OF_ANOTHER_TOKEN);
        }
        try {
            key.verify(proof);
        } catch (FlawedTokenException _) {
            throw new FlawedTokenException(Flaw.INVALID_PROOF);
        }
        return claims;
    }

    /** By the canonical path, or as the caller spelled it: both are this call. */
    private static boolean isFor(Presented presented, @Nullable Object uri) {
        String claimed = uri instanceof String text ? HttpUri.normal(text) : null;
        String origin = (presented.arrival().secure() ? "https://" : "http://") + presented.authority();
        String target = presented.head().target();
        return claimed != null
                && (claimed.equals(HttpUri.normal(presented.uri()))
                        || (target.startsWith("/") && claimed.equals(HttpUri.normal(origin + target))));
    }

    private void checkTime(JsonObject claims) throws FlawedTokenException {
        Long issued = claims.value("iat") == null ? null : claims.millis("iat");
        long now = surroundings.wall().millis();
        long skew = settings.clockSkew().toMillis();
        if (issued == null
                || issued - skew > now
                || now >= issued + settings.proofLife().toMillis() + skew) {
            throw new FlawedTokenException(Flaw.PROOF_OUT_OF_TIME);
        }
    }

    private void checkNonce(JsonObject claims) throws FlawedTokenException {
        if (nonces != null && !(claims.value("nonce") instanceof String nonce && nonces.isFresh(nonce))) {
            throw new FlawedTokenException(Flaw.WANTS_NONCE);
        }
    }

    /** What is answered to a call with the scheme whose proof or token has a flaw. */
    Refused refused(Flaw flaw) {
        if (nonces == null || flaw != Flaw.WANTS_NONCE) {
            return Refused.invalidToken(Credential.DPOP, flaw.word());
        }
        var fields = List.of(
                new Field("WWW-Authenticate", Credential.DPOP + " error=\"use_dpop_nonce\""),
                new Field("DPoP-Nonce", nonces.current()));
        var answer = new Refusal(401, "use_dpop_nonce", "The DPoP proof must hold the nonce of this answer.", fields);
        return new Refused(answer, flaw.word());
    }

    private void remember(JsonObject claims, String boundTo) throws FlawedTokenException {
        if (!(claims.value("jti") instanceof String id) || id.isEmpty() || id.length() > LONGEST_ID) {
            throw new FlawedTokenException(Flaw.INVALID_PROOF);
        }
        var proof = Digest256.of((boundTo + ' ' + id).getBytes(StandardCharsets.UTF_8));
        switch (memory.show(proof)) {
            case NEW -> {}
            case SEEN -> throw new FlawedTokenException(Flaw.REPLAYED_PROOF);
            case FULL -> throw new FlawedTokenException(Flaw.TOO_MANY_PROOFS);
        }
    }
}
