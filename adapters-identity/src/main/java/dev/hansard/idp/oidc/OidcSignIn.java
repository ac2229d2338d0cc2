// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import dev.hansard.idp.jose.FlawedTokenException;
import dev.hansard.idp.jose.Keyring;
import dev.hansard.ports.identity.SignIn;
import dev.hansard.ports.spi.Surroundings;
import dev.hansard.ports.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The authorization code flow with PKCE (RFC 6749 section 4.1, RFC 7636, OpenID Connect Core 1.0 section 3.1). Nonce
 * and verifier are made here, stay here, and are another for each attempt: a code or a token that was made for
 * somebody else's attempt fits no attempt of this browser.
 */
final class OidcSignIn implements SignIn {
    private static final int SECRET_BYTES = 32;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final OidcSettings settings;
    private final Discovery discovery;
    private final Keyring keys;
    private final CodeExchange exchange;
    private final IdTokens tokens;
    private final Surroundings surroundings;

    OidcSignIn(
            OidcSettings settings,
            Discovery discovery,
            Keyring keys,
            CodeExchange exchange,
            Surroundings surroundings) {
        this.settings = settings;
        this.discovery = discovery;
        this.keys = keys;
        this.exchange = exchange;
        this.tokens = new IdTokens(settings, keys);
        this.surroundings = surroundings;
    }

    @Override
    public void start() {
        keys.start();
    }

    @Override
    public Beginning begin(String state, String back) {
        try {
            Metadata issuer = discovery.metadata();
            var attempt = new CodeAttempt(issuer, secret(), secret(), back);
            return new Beginning.Away(attempt.request(state), attempt);
        } catch (FaultException e) {
            return new Beginning.Unavailable(e.fault().word());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Beginning.Unavailable(Fault.ISSUER_UNREACHABLE.word());
        }
    }

    private Secret secret() {
        var bytes = new byte[SECRET_BYTES];
        surroundings.random().nextBytes(bytes);
        return Secret.of(TEXT.encodeToString(bytes));
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
        private final Metadata issuer;
        private final Secret nonce;
        private final Secret verifier;
        private final String back;

        CodeAttempt(Metadata issuer, Secret nonce, Secret verifier, String back) {
            this.issuer = issuer;
            this.nonce = nonce;
            this.verifier = verifier;
            this.back = back;
        }

        String request(String state) {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("response_type", "code");
            query.put("client_id", settings.clientId());
            query.put("redirect_uri", back);
            query.put("scope", String.join(" ", settings.scopes()));
            query.put("state", state);
            query.put("nonce", nonce.reveal());
            query.put("code_challenge", challenge());
            query.put("code_challenge_method", "S256");
            String join = issuer.authorization().getRawQuery() == null ? "?" : "&";
            return issuer.authorization() + join + CodeExchange.encoded(query);
        }

        private String challenge() {
            try {
                byte[] text = verifier.reveal().getBytes(StandardCharsets.US_ASCII);
                return TEXT.encodeToString(MessageDigest.getInstance("SHA-256").digest(text));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }

        @Override
        public Outcome finish(Map<String, String> answer) {
            try {
                String code = code(answer);
                Secret idToken = exchange.redeem(issuer, code, verifier, back);
                return new Outcome.Proven(
                        tokens.verify(idToken, nonce, surroundings.wall().instant()));
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
            if (said == null && issuer.namesItself()) {
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
