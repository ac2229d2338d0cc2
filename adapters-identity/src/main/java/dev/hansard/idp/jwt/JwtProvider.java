// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import dev.hansard.idp.jose.CallerClaims;
import dev.hansard.idp.jose.CompactJws;
import dev.hansard.idp.jose.Flaw;
import dev.hansard.idp.jose.FlawedTokenException;
import dev.hansard.idp.jose.JsonObject;
import dev.hansard.idp.jose.KeyLookup.Known;
import dev.hansard.idp.jose.KeyLookup.OutOfReach;
import dev.hansard.idp.jose.KeyLookup.Unknown;
import dev.hansard.idp.jose.Keyring;
import dev.hansard.idp.jose.SignatureAlgorithm;
import dev.hansard.idp.jwt.VerifiedTokens.VerifiedToken;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.Identification.NotMine;
import dev.hansard.ports.identity.Identification.Recognised;
import dev.hansard.ports.identity.Identification.Refused;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.identity.Presented;
import dev.hansard.ports.spi.Surroundings;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Recognises callers by the access tokens of one issuer. A token goes through the gate, is asked for its issuer, must
 * be an access token for us and for now, and only then is its signature verified; so garbage is cheap, and a token of
 * another issuer is left to whoever knows it. A verified token is remembered for a minute; what it is bound to is
 * checked with every call.
 */
final class JwtProvider implements IdentityProvider {
    private static final String AUTHORIZATION = "authorization";

    private final JwtSettings settings;
    private final Keyring keys;
    private final Surroundings surroundings;
    private final ClaimChecks checks;
    private final CallerClaims callers;
    private final VerifiedTokens verified;
    private final DpopProofs proofs;
    private final Set<String> ofBearer;
    private final Set<String> ofDpop;

    JwtProvider(JwtSettings settings, Keyring keys, DpopProofs proofs, Surroundings surroundings) {
        this.settings = settings;
        this.keys = keys;
        this.surroundings = surroundings;
        this.checks = new ClaimChecks(settings);
        this.callers = new CallerClaims(settings.name(), settings.subject(), settings.groups());
        this.verified = new VerifiedTokens(settings.cachedTokens(), surroundings.nanos());
        this.proofs = proofs;
        this.ofBearer = settings.forward() ? Set.of() : Set.of(AUTHORIZATION);
        this.ofDpop = settings.forward() ? Set.of() : Set.of(AUTHORIZATION, DpopProofs.FIELD);
    }

    @Override
    public void start() {
        keys.start();
    }

    @Override
    public Identification identify(Presented presented) {
        Fields fields = presented.head().fields();
        int at = fields.find(AUTHORIZATION, 0);
        if (at < 0) {
            return NotMine.NOT_MINE;
        }
        if (fields.find(AUTHORIZATION, at + 1) >= 0) {
            return refused(Credential.BEARER, Flaw.TWO_CREDENTIALS);
        }
        var credential = Credential.of(fields.value(at));
        if (credential == null) {
            return NotMine.NOT_MINE;
        }
        try {
            return identify(presented, credential);
        } catch (FlawedTokenException e) {
            return refused(credential.scheme(), e.flaw());
        }
    }

    private Refused refused(String scheme, Flaw flaw) {
        if (flaw.isPassing()) {
            return Refused.unavailable(flaw.word());
        }
        return scheme.equals(Credential.DPOP) ? proofs.refused(flaw) : Refused.invalidToken(scheme, flaw.word());
    }

    private Identification identify(Presented presented, Credential credential) throws FlawedTokenException {
        if (credential.length() > CompactJws.LONGEST) {
            throw new FlawedTokenException(Flaw.TOO_LONG);
        }
        long now = surroundings.wall().millis();
        Digest256 digest = credential.digest();
        VerifiedToken token = verified.find(digest, keys.generation(), now);
        if (token == null) {
            token = verify(credential, now);
            if (token == null) {
                return NotMine.NOT_MINE;
            }
            verified.keep(digest, token);
        }
        checkBinding(presented, credential, token.binding(), digest);
        return token.answer();
    }

    /** Verifies a token; null when it is of another issuer. */
    private @Nullable VerifiedToken verify(Credential credential, long now) throws FlawedTokenException {
        byte[] bytes = credential.token();
        CompactJws token = CompactJws.parse(bytes, 0, bytes.length);
        JsonObject claims = token.claims();
        if (!settings.issuer().equals(claims.text("iss"))) {
            return null;
        }
        if (!settings.algorithms().contains(token.algorithm())) {
            throw new FlawedTokenException(Flaw.WRONG_ALGORITHM);
        }
        var validity = checks.check(token, claims, now);
        Known key = keyOf(token, claims);
        key.key().verify(token);
        var binding = Binding.read(claims);
        var answer = new Recognised(callers.read(claims), binding.key() == null ? ofBearer : ofDpop);
        return new VerifiedToken(answer, binding, validity, key.generation());
    }

    private Known keyOf(CompactJws token, JsonObject claims) throws FlawedTokenException {
        Long issued = claims.millis("iat");
        Instant issuedAt = issued == null ? Instant.EPOCH : Instant.ofEpochMilli(issued);
        return switch (keys.find(token.keyId(), token.algorithm(), issuedAt)) {
            case Known known -> known;
            case Unknown() -> throw new FlawedTokenException(Flaw.UNKNOWN_KEY);
            case OutOfReach() -> throw new FlawedTokenException(Flaw.KEYS_UNAVAILABLE);
        };
    }

    private void checkBinding(Presented presented, Credential credential, Binding binding, Digest256 token)
            throws FlawedTokenException {
        binding.require(settings.bound());
        binding.checkCertificate(presented.arrival());
        String boundTo = binding.key();
        if (boundTo == null) {
            checkIsBearer(presented, credential);
        } else if (credential.isDpop()) {
            proofs.check(presented, token, boundTo);
        } else {
            throw new FlawedTokenException(Flaw.BOUND_TOKEN_WITHOUT_PROOF);
        }
    }

    private static void checkIsBearer(Presented presented, Credential credential) throws FlawedTokenException {
        if (credential.isDpop()) {
            throw new FlawedTokenException(Flaw.UNBOUND_TOKEN);
        }
        if (presented.head().fields().find(DpopProofs.FIELD, 0) >= 0) {
            throw new FlawedTokenException(Flaw.PROOF_WITHOUT_SCHEME);
        }
    }

    @Override
    public Set<String> credentialFields() {
        return Set.of(AUTHORIZATION, DpopProofs.FIELD);
    }

    @Override
    public List<String> challenges() {
        String bearer = Credential.BEARER + " realm=\"hansard\"";
        String dpop = settings.algorithms().stream()
                .map(SignatureAlgorithm::inTokens)
                .sorted()
                .collect(Collectors.joining(" ", Credential.DPOP + " algs=\"", "\""));
        return switch (settings.bound()) {
            case DPOP -> List.of(dpop);
            case MTLS -> List.of(bearer);
            case FREE, ANY -> List.of(bearer, dpop);
        };
    }

    @Override
    public List<String> troubles() {
        return keys.troubles();
    }

    @Override
    public void close() {
        keys.close();
    }
}
