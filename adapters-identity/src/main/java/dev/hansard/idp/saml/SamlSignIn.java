// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import dev.hansard.idp.xml.Flaw;
import dev.hansard.idp.xml.FlawedXmlException;
import dev.hansard.ports.identity.SignIn;
import dev.hansard.ports.spi.Surroundings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The Web Browser SSO profile (SAML profiles, section 4.1): a request by redirect, and an answer that the issuer's page
 * posts. Only an answer to the very request of the attempt counts; a sign-in that begins at the issuer does not,
 * because it signs people in as somebody else.
 */
final class SamlSignIn implements SignIn {
    /** How many answers are verified at once; each takes milliseconds of a processor. */
    static final int MOST_AT_ONCE = 8;

    private final SamlOptions options;
    private final IssuerMetadata metadata;
    private final AssertionMemory memory;
    private final Surroundings surroundings;
    private final Semaphore permits = new Semaphore(MOST_AT_ONCE);

    SamlSignIn(SamlOptions options, IssuerMetadata metadata, AssertionMemory memory, Surroundings surroundings) {
        this.options = options;
        this.metadata = metadata;
        this.memory = memory;
        this.surroundings = surroundings;
    }

    @Override
    public void start() {
        metadata.start();
    }

    @Override
    public Beginning begin(String state, String back) {
        SamlMetadata issuer = metadata.current();
        if (issuer == null) {
            return new Beginning.Unavailable("metadata_unavailable");
        }
        URI signOn = issuer.redirect();
        if (signOn == null) {
            return new Beginning.Unavailable("no_redirect_binding");
        }
        SamlSettings settings = options.settings(issuer.entityId(), back);
        var requests = new AuthnRequests(settings, signOn, null, surroundings.wall(), surroundings.random());
        AuthnRequests.Redirect request = requests.next(state);
        return new Beginning.Away(request.location().toString(), answer -> finish(settings, request.id(), answer));
    }

    private Outcome finish(SamlSettings settings, String request, Map<String, String> answer) {
        String response = answer.get("SAMLResponse");
        if (response == null || response.isEmpty()) {
            return new Outcome.Refused("no_response");
        }
        if (!permits.tryAcquire()) {
            return new Outcome.Unavailable("too_many_at_once");
        }
        try {
            return verify(settings, request, response);
        } finally {
            permits.release();
        }
    }

    private Outcome verify(SamlSettings settings, String request, String response) {
        SamlMetadata issuer = metadata.current();
        if (issuer == null) {
            return new Outcome.Unavailable("metadata_unavailable");
        }
        var verifier = new SamlVerifier(settings, issuer.keys(), surroundings.wall(), memory);
        return switch (verifier.posted(response, new SamlVerifier.Expected.AnswerTo(request))) {
            case SamlOutcome.Verified(SamlClaims claims) -> proven(claims);
            case SamlOutcome.Rejected(Flaw flaw) -> rejected(flaw);
        };
    }

    private Outcome proven(SamlClaims claims) {
        try {
            return new Outcome.Proven(options.subjects().person(claims), claims.sessionNotOnOrAfter());
        } catch (FlawedXmlException e) {
            return rejected(e.flaw());
        }
    }

    private Outcome rejected(Flaw flaw) {
        if (flaw == Flaw.BAD_SIGNATURE) {
            metadata.doubt();
        }
        return flaw.isPassing() ? new Outcome.Unavailable(flaw.word()) : new Outcome.Refused(flaw.word());
    }

    @Override
    public @Nullable String postedState() {
        return "RelayState";
    }

    @Override
    public @Nullable Description description(String back) {
        return new Description("application/samlmetadata+xml", OwnMetadata.of(options.entityId(), back));
    }

    @Override
    public List<String> troubles() {
        return metadata.troubles();
    }

    @Override
    public void close() {
        metadata.close();
    }
}
