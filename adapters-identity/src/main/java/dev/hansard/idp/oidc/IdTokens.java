// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import dev.hansard.idp.jose.ClaimPath;
import dev.hansard.idp.jose.CompactJws;
import dev.hansard.idp.jose.Flaw;
import dev.hansard.idp.jose.FlawedTokenException;
import dev.hansard.idp.jose.JsonObject;
import dev.hansard.idp.jose.KeyLookup.Known;
import dev.hansard.idp.jose.KeyLookup.OutOfReach;
import dev.hansard.idp.jose.KeyLookup.Unknown;
import dev.hansard.idp.jose.Keyring;
import dev.hansard.idp.jose.VerificationKey;
import dev.hansard.idp.oidc.TokenEndpoint.Tokens;
import dev.hansard.ports.identity.Person;
import dev.hansard.ports.value.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies ID tokens (OpenID Connect Core 1.0 section 3.1.3.7). The signature is verified although the token came from
 * the issuer itself: a proxy in between that ends TLS must not make people up. The token goes through the same gate as
 * those of callers first, so that no other bytes reach Helidon than those that can be read in one way only, and then
 * Helidon has to take it as well.
 */
record IdTokens(OidcSettings settings, Keyring keys, HelidonTokens helidon) {
    /** How old a token may be: it was made for this very code. */
    private static final long OLDEST_MILLIS = 10 * 60 * 1_000L;

    /** Types that an ID token has, if it has one. */
    private static final Set<String> TYPES = Set.of("jwt", "id+jwt", "id_token+jwt");

    /**
     * The person of a token.
     *
     * @param nonce what it was asked for with; null when it was asked for without
     */
    Person verify(Tokens tokens, @Nullable Secret nonce, Instant now) throws FlawedTokenException, FaultException {
        byte[] bytes = tokens.id().reveal().getBytes(StandardCharsets.UTF_8);
        CompactJws token = CompactJws.parse(bytes, 0, bytes.length);
        JsonObject claims = token.claims();
        if (!settings.algorithms().contains(token.algorithm())) {
            throw new FlawedTokenException(Flaw.WRONG_ALGORITHM);
        }
        checkType(token.type(), claims);
        checkParties(claims);
        long issued = checkTimes(claims, now.toEpochMilli());
        String said = claims.text("nonce");
        if (nonce != null && (said == null || !Secret.of(said).equals(nonce))) {
            throw new FaultException(Fault.WRONG_NONCE);
        }
        VerificationKey key = keyOf(token, issued).key();
        key.verify(token);
        AccessTokenHash.check(claims.text("at_hash"), token.algorithm(), tokens.access());
        var person = new Person(
                settings.callers().read(claims).alone(),
                shown(settings.nameClaim(), claims),
                shown(settings.emailClaim(), claims));
        if (!helidon.take(tokens.id(), key, token.algorithm(), nonce, now)) {
            throw new FaultException(Fault.HELIDON_REFUSED);
        }
        return person;
    }

    private static void checkType(@Nullable String type, JsonObject claims) throws FlawedTokenException {
        if ((type != null && !TYPES.contains(type)) || claims.has("events")) {
            throw new FlawedTokenException(Flaw.WRONG_TYPE);
        }
    }

    private void checkParties(JsonObject claims) throws FlawedTokenException, FaultException {
        if (!settings.issuer().equals(claims.text("iss"))) {
            throw new FaultException(Fault.ANSWER_OF_ANOTHER_ISSUER);
        }
        List<String> audiences = claims.texts("aud");
        if (!audiences.contains(settings.clientId())) {
            throw new FlawedTokenException(Flaw.WRONG_AUDIENCE);
        }
        String party = claims.text("azp");
        if (party == null ? audiences.size() > 1 : !party.equals(settings.clientId())) {
            throw new FaultException(Fault.WRONG_AUTHORIZED_PARTY);
        }
    }

    private long checkTimes(JsonObject claims, long now) throws FlawedTokenException {
        long skew = settings.clockSkew().toMillis();
        Long expires = claims.millis("exp");
        Long issued = claims.millis("iat");
        Long begins = claims.millis("nbf");
        if (expires == null || issued == null) {
            throw new FlawedTokenException(Flaw.WITHOUT_TIMES);
        }
        if (now >= expires + skew || now - issued > OLDEST_MILLIS + skew) {
            throw new FlawedTokenException(Flaw.EXPIRED);
        }
        if (issued - skew > now) {
            throw new FlawedTokenException(Flaw.ISSUED_IN_FUTURE);
        }
        if (begins != null && begins - skew > now) {
            throw new FlawedTokenException(Flaw.NOT_YET_VALID);
        }
        return issued;
    }

    private Known keyOf(CompactJws token, long issued) throws FlawedTokenException {
        return switch (keys.find(token.keyId(), token.algorithm(), Instant.ofEpochMilli(issued))) {
            case Known known -> known;
            case Unknown() -> throw new FlawedTokenException(Flaw.UNKNOWN_KEY);
            case OutOfReach() -> throw new FlawedTokenException(Flaw.KEYS_UNAVAILABLE);
        };
    }

    /** What is only shown is left out when it does not fit; nothing is decided by it. */
    private static @Nullable String shown(ClaimPath path, JsonObject claims) {
        return path.in(claims) instanceof String text
                        && !text.isBlank()
                        && text.length() <= Person.LONGEST_TEXT
                        && text.chars().noneMatch(Character::isISOControl)
                ? text
                : null;
    }
}
