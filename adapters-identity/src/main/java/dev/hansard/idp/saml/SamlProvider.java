// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import dev.hansard.idp.jose.Flaw;
import dev.hansard.idp.jose.FlawedTokenException;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.Identification.NotMine;
import dev.hansard.ports.identity.Identification.Recognised;
import dev.hansard.ports.identity.Identification.Refused;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.identity.Presented;
import dev.hansard.ports.identity.TokenGrant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognises callers by the tokens that they got here for an assertion. */
final class SamlProvider implements IdentityProvider {
    private static final String AUTHORIZATION = "authorization";
    private static final String BEARER = "Bearer";
    private static final Set<String> FIELDS = Set.of(AUTHORIZATION);

    private final IssuerMetadata metadata;
    private final CallerTokens tokens;
    private final @Nullable AssertionGrant grant;

    SamlProvider(IssuerMetadata metadata, CallerTokens tokens, @Nullable AssertionGrant grant) {
        this.metadata = metadata;
        this.tokens = tokens;
        this.grant = grant;
    }

    @Override
    public void start() {
        metadata.start();
    }

    @Override
    public Identification identify(Presented presented) {
        Fields fields = presented.head().fields();
        int at = fields.find(AUTHORIZATION, 0);
        String value = at < 0 ? "" : fields.value(at);
        String scheme = BEARER + " ";
        if (!value.regionMatches(true, 0, scheme, 0, scheme.length())) {
            return NotMine.NOT_MINE;
        }
        try {
            Caller caller = tokens.read(value.substring(scheme.length()).stripLeading());
            if (caller == null) {
                return NotMine.NOT_MINE;
            }
            return fields.find(AUTHORIZATION, at + 1) >= 0
                    ? Refused.invalidToken(BEARER, Flaw.TWO_CREDENTIALS.word())
                    : new Recognised(caller, FIELDS);
        } catch (FlawedTokenException e) {
            return Refused.invalidToken(BEARER, e.flaw().word());
        }
    }

    @Override
    public @Nullable TokenGrant tokenGrant() {
        return grant;
    }

    @Override
    public Set<String> credentialFields() {
        return FIELDS;
    }

    @Override
    public List<String> challenges() {
        return List.of(BEARER + " realm=\"hansard\"");
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
