// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import dev.hansard.idp.jose.CompactJws;
import dev.hansard.idp.jose.Flaw;
import dev.hansard.idp.jose.FlawedTokenException;
import dev.hansard.idp.jose.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a token must say to be an access token, for us and now (RFC 9068 section 4, RFC 8725 sections 3.8 to 3.12). */
record ClaimChecks(JwtSettings settings) {
    private static final String ACCESS_TOKEN = "at+jwt";

    /** Claims that only ID tokens have (OpenID Connect Core 1.0 sections 2 and 3.3.2.11). */
    private static final List<String> OF_ID_TOKENS = List.of("nonce", "at_hash", "c_hash", "s_hash");

    /** The claim of security events, logout tokens among them (RFC 8417). */
    private static final String EVENTS = "events";

    /** What Keycloak calls its tokens that are no access tokens, in a claim. */
    private static final Set<String> NO_ACCESS_TOKENS = Set.of("id", "refresh", "offline", "logout");

    /**
     * While a token holds.
     *
     * @param from in milliseconds since 1970, skew included
     * @param until the first millisecond at which it does not hold any more, skew included
     */
    record Validity(long from, long until) {
        boolean holdsAt(long now) {
            return now >= from && now < until;
        }
    }

    /** Checks all that does not need the key. Cheap, and so done first: garbage shall not cost a signature. */
    Validity check(CompactJws token, JsonObject claims, long now) throws FlawedTokenException {
        checkType(token.type(), claims);
        Validity validity = checkTimes(token.type(), claims, now);
        checkAudience(claims.texts("aud"));
        return validity;
    }

    private void checkType(@Nullable String type, JsonObject claims) throws FlawedTokenException {
        boolean isKnown = settings.types().contains(type == null ? JwtSettings.UNTYPED : type);
        if (!isKnown || claims.has(EVENTS) || (!ACCESS_TOKEN.equals(type) && looksLikeAnother(claims))) {
            throw new FlawedTokenException(Flaw.WRONG_TYPE);
        }
    }

    private static boolean looksLikeAnother(JsonObject claims) {
        return OF_ID_TOKENS.stream().anyMatch(claims::has)
                || (claims.value("typ") instanceof String type
                        && NO_ACCESS_TOKENS.contains(type.toLowerCase(Locale.ROOT)));
    }

    private Validity checkTimes(@Nullable String type, JsonObject claims, long now) throws FlawedTokenException {
        long skew = settings.clockSkew().toMillis();
        long most = settings.maxLifetime().toMillis();
        Long expires = claims.millis("exp");
        Long issued = claims.millis("iat");
        Long begins = claims.millis("nbf");
        if (expires == null || (issued == null && ACCESS_TOKEN.equals(type))) {
            throw new FlawedTokenException(Flaw.WITHOUT_TIMES);
        }
        var validity = new Validity(Math.max(orPast(issued), orPast(begins)) - skew, expires + skew);
        if (now >= validity.until()) {
            throw new FlawedTokenException(Flaw.EXPIRED);
        }
        if (orPast(issued) - skew > now) {
            throw new FlawedTokenException(Flaw.ISSUED_IN_FUTURE);
        }
        if (orPast(begins) - skew > now) {
            throw new FlawedTokenException(Flaw.NOT_YET_VALID);
        }
        if (expires - now > most + skew || (issued != null && expires - issued > most)) {
            throw new FlawedTokenException(Flaw.LIVES_TOO_LONG);
        }
        return validity;
    }

    private static long orPast(@Nullable Long millis) {
        return millis == null ? 0 : millis;
    }

    private void checkAudience(List<String> audiences) throws FlawedTokenException {
        boolean isForUs = audiences.stream().anyMatch(settings.audiences()::contains);
        if (!isForUs || (settings.singleAudience() && audiences.size() > 1)) {
            throw new FlawedTokenException(Flaw.WRONG_AUDIENCE);
        }
    }
}
