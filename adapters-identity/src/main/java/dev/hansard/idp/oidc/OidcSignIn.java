// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import dev.hansard.idp.jose.FlawedTokenException;
import dev.hansard.idp.jose.Keyring;
import dev.hansard.idp.oidc.TokenEndpoint.Tokens;
import dev.hansard.ports.identity.DeviceSignIn;
import dev.hansard.ports.identity.SignIn;
import dev.hansard.ports.value.Secret;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The authorization code flow with PKCE (RFC 6749 section 4.1, RFC 7636, OpenID Connect Core 1.0 section 3.1) through
 * Helidon's module. Nonce and verifier are made there, stay here, and are another for each attempt: a code or a token
 * that was made for somebody else's attempt fits no attempt of this browser.
 */
final class OidcSignIn implements SignIn {
    private final OidcSettings settings;
    private final Discovery discovery;
    private final Keyring keys;
    private final TokenEndpoint endpoint = new TokenEndpoint();
    private final IdTokens tokens;
    private final InstantSource clock;

    OidcSignIn(OidcSettings settings, Discovery discovery, Keyring keys, InstantSource clock) {
        this.settings = settings;
        this.discovery = discovery;
        this.keys = keys;
        this.tokens = new IdTokens(settings, keys, new HelidonTokens(settings));
        this.clock = clock;
    }

    @Override
    public void start() {
        keys.start();
    }

    @Override
    public Beginning begin(String state, String back) {
        try {
            Issuer issuer = discovery.issuer();
            HelidonClient.Request request = issuer.client().request();
            var attempt = new CodeAttempt(issuer, request.nonce(), request.verifier(), back);
            return new Beginning.Away(to(issuer.metadata().authorization(), request, state, back), attempt);
        } catch (FaultException e) {
            return new Beginning.Unavailable(e.fault().word());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Beginning.Unavailable(Fault.ISSUER_UNREACHABLE.word());
        }
    }

    /** The state is that of the core, and the place to come back to as configured, not as the Host field has it. */
    private static String to(URI authorization, HelidonClient.Request request, String state, String back) {
        Map<String, String> query = new LinkedHashMap<>(request.query());
        query.put("redirect_uri", back);
        query.put("state", state);
        String join = authorization.getRawQuery() == null ? "?" : "&";
        return authorization + join + OidcForm.encoded(query);
    }

    @Override
    public @Nullable DeviceSignIn onDevice() {
        return settings.onDevice() ? new DeviceFlow(settings, discovery, endpoint, tokens, clock) : null;
    }

    @Override
    public List<String> troubles() {
        var troubles = new ArrayList<String>(discovery.troubles());
        troubles.addAll(keys.troubles());
        return troubles;
    }

    @Override
    public void close() {
        keys.close();
    }

    /** One attempt. Its nonce and verifier are used once, since it is finished once. */
    private final class CodeAttempt implements Attempt {
        private final Issuer issuer;
        private final Secret nonce;
        private final Secret verifier;
        private final String back;

        CodeAttempt(Issuer issuer, Secret nonce, Secret verifier, String back) {
            this.issuer = issuer;
            this.nonce = nonce;
            this.verifier = verifier;
            this.back = back;
        }

        @Override
        public Outcome finish(Map<String, String> answer) {
            try {
                Map<String, String> grant = new LinkedHashMap<>();
                grant.put("grant_type", "authorization_code");
                grant.put("code", code(answer));
                grant.put("redirect_uri", back);
                grant.put("code_verifier", verifier.reveal());
                Tokens redeemed = endpoint.redeem(issuer.client(), grant);
                return new Outcome.Proven(tokens.verify(redeemed, nonce, clock.instant()));
            } catch (FaultException e) {
                return ended(e.fault().word(), e.fault().isPassing());
            } catch (FlawedTokenException e) {
                return ended(e.flaw().word(), e.flaw().isPassing());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return ended(Fault.ISSUER_UNREACHABLE.word(), true);
            }
        }

        /** The issuer is looked at first: what another one says is no error of ours (RFC 9207 section 2.4). */
        private String code(Map<String, String> answer) throws FaultException {
            String said = answer.get("iss");
            if (said == null && issuer.metadata().namesItself()) {
                throw new FaultException(Fault.ANSWER_WITHOUT_ISSUER);
            }
            if (said != null && !said.equals(settings.issuer())) {
                throw new FaultException(Fault.ANSWER_OF_ANOTHER_ISSUER);
            }
            String error = answer.get("error");
            if (error != null) {
                throw new FaultException(error.equals("access_denied") ? Fault.ACCESS_DENIED : Fault.ISSUER_SAID_ERROR);
            }
            String code = answer.get("code");
            if (code == null || code.isEmpty()) {
                throw new FaultException(Fault.NO_CODE);
            }
            return code;
        }

        private static Outcome ended(String reason, boolean isPassing) {
            return isPassing ? new Outcome.Unavailable(reason) : new Outcome.Refused(reason);
        }
    }
}
