// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import dev.hansard.idp.xml.Flaw;
import dev.hansard.idp.xml.FlawedXmlException;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.TokenGrant;
import dev.hansard.ports.spi.Surroundings;
import dev.hansard.ports.value.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Gives a token for an assertion (RFC 7522 section 2.1), which is good for one. */
final class AssertionGrant implements TokenGrant {
    /** How many assertions are verified at once; each takes milliseconds of a processor. */
    static final int MOST_AT_ONCE = 8;

    private final SamlOptions options;
    private final String endpoint;
    private final IssuerMetadata metadata;
    private final CallerTokens tokens;
    private final Surroundings surroundings;
    private final AssertionMemory memory;
    private final PeerRate rate;
    private final Semaphore permits = new Semaphore(MOST_AT_ONCE);

    /**
     * Grants.
     *
     * @param endpoint what assertions must name as their recipient
     */
    AssertionGrant(
            SamlOptions options,
            String endpoint,
            IssuerMetadata metadata,
            CallerTokens tokens,
            Surroundings surroundings) {
        this.options = options;
        this.endpoint = endpoint;
        this.metadata = metadata;
        this.tokens = tokens;
        this.surroundings = surroundings;
        this.memory = options.memory(surroundings);
        this.rate = new PeerRate(options.tokens().exchangesPerMinute(), surroundings.nanos());
    }

    @Override
    public String type() {
        return "urn:ietf:params:oauth:grant-type:saml2-bearer";
    }

    @Override
    public String parameter() {
        return "assertion";
    }

    @Override
    public Outcome grant(Secret proof, String from) {
        Duration wait = rate.wait(from);
        if (wait.isPositive()) {
            return new Outcome.Limited(wait);
        }
        if (!permits.tryAcquire()) {
            return new Outcome.Limited(Duration.ofSeconds(1));
        }
        try {
            return verify(proof);
        } finally {
            permits.release();
        }
    }

    private Outcome verify(Secret proof) {
        SamlMetadata issuer = metadata.current();
        if (issuer == null) {
            return new Outcome.Unavailable("metadata_unavailable");
        }
        SamlSettings settings = options.settings(issuer.entityId(), endpoint);
        var verifier = new SamlVerifier(settings, issuer.keys(), surroundings.wall(), memory);
        return switch (verifier.granted(proof.reveal())) {
            case SamlOutcome.Verified(SamlClaims claims) -> token(claims);
            case SamlOutcome.Rejected(Flaw flaw) -> rejected(flaw);
        };
    }

    private Outcome token(SamlClaims claims) {
        try {
            Caller caller = options.subjects().caller(claims);
            Duration life = life(claims.sessionNotOnOrAfter());
            Secret token = tokens.make(caller, life);
            return token == null ? rejected(Flaw.INVALID_GROUPS) : new Outcome.Granted(caller, token, life);
        } catch (FlawedXmlException e) {
            return rejected(e.flaw());
        }
    }

    /** As configured, but no longer than the issuer says. */
    private Duration life(@Nullable Instant end) throws FlawedXmlException {
        Duration most = options.tokens().life();
        Duration left =
                end == null ? most : Duration.between(surroundings.wall().instant(), end);
        if (left.toSeconds() < 1) {
            throw new FlawedXmlException(Flaw.EXPIRED);
        }
        return left.compareTo(most) < 0 ? left : most;
    }

    private Outcome rejected(Flaw flaw) {
        if (flaw == Flaw.WRONG_ISSUER) {
            return new Outcome.NotMine();
        }
        if (flaw == Flaw.BAD_SIGNATURE) {
            metadata.doubt();
        }
        return flaw.isPassing()
                ? new Outcome.Unavailable(flaw.word())
                : new Outcome.Denied(Problem.INVALID_GRANT, flaw.word());
    }
}
