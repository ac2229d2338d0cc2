// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import dev.hansard.idp.jose.FlawedTokenException;
import dev.hansard.idp.jose.JsonObject;
import dev.hansard.idp.jose.KeyPublication;
import dev.hansard.ports.identity.DeviceSignIn;
import dev.hansard.ports.identity.Invitation;
import dev.hansard.ports.identity.SignIn.Outcome;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The device authorization grant (RFC 8628). Helidon's module has no such flow, but its client carries it, and the ID
 * token goes through the same checks as one of the code flow; there is no nonce, since the issuer is asked directly and
 * no browser could bring another token.
 */
record DeviceFlow(
        OidcSettings settings, Discovery discovery, TokenEndpoint endpoint, IdTokens tokens, InstantSource clock)
        implements DeviceSignIn {
    /** How much slower to ask after being told that it is too often (RFC 8628 section 3.5). */
    static final Duration SLOWER = Duration.ofSeconds(5);

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final List<String> CHALLENGE = List.of("code_challenge", "code_challenge_method");
    private static final String VERIFIER = "code_verifier";
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);
    private static final Duration LONGEST_LIFE = Duration.ofHours(1);

    @Override
    public Beginning begin() {
        try {
            Issuer issuer = discovery.issuer();
            URI begins = issuer.metadata().deviceAuthorization();
            if (begins == null) {
                return new Beginning.Unavailable(Fault.NOT_OFFERED.word());
            }
            HelidonClient.Request proof = issuer.client().request();
            Map<String, String> form = new HashMap<>(Map.of("scope", String.join(" ", settings.scopes())));
            // RFC 8628 has no PKCE; issuers that want it of a client want it here, too, and others pass over it.
            for (String field : CHALLENGE) {
                form.put(field, Objects.requireNonNull(proof.query().get(field), field));
            }
            return shown(issuer, endpoint.ask(issuer.client(), begins, form), proof.verifier());
        } catch (FaultException e) {
            return new Beginning.Unavailable(e.fault().word());
        } catch (FlawedTokenException | InvalidValueException _) {
            return new Beginning.Unavailable(Fault.MALFORMED_ANSWER.word());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Beginning.Unavailable(Fault.ISSUER_UNREACHABLE.word());
        }
    }

    private Beginning shown(Issuer issuer, JsonObject said, Secret verifier)
            throws FlawedTokenException, FaultException {
        String code = said.text("device_code");
        String typed = said.text("user_code");
        URI place = place(said.text("verification_uri"));
        Long life = said.millis("expires_in");
        if (code == null || typed == null || place == null || life == null) {
            throw new FaultException(Fault.MALFORMED_ANSWER);
        }
        Long interval = said.millis("interval");
        URI direct = place(said.text("verification_uri_complete"));
        var invitation = new Invitation(
                typed,
                place.toString(),
                direct == null ? null : direct.toString(),
                shorter(Duration.ofMillis(life), LONGEST_LIFE),
                interval == null || interval == 0
                        ? USUAL_INTERVAL
                        : shorter(Duration.ofMillis(interval), LONGEST_INTERVAL));
        return new Beginning.Shown(
                invitation, new DeviceAttempt(issuer, Secret.of(code), verifier, invitation.interval()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** People are sent there, so that it has to be as trustworthy as the rest. */
    private static @Nullable URI place(@Nullable String text) throws FaultException {
        try {
            URI uri = text == null ? null : new URI(text);
            if (uri == null || KeyPublication.isTrustworthy(uri)) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // As below.
        }
        throw new FaultException(Fault.MALFORMED_ANSWER);
    }

    /** One attempt; for one thread at a time, as the contract says. */
    private final class DeviceAttempt implements Attempt {
        private final Issuer issuer;
        private final Secret code;
        private final Secret verifier;
        private Duration interval;

        DeviceAttempt(Issuer issuer, Secret code, Secret verifier, Duration interval) {
            this.issuer = issuer;
            this.code = code;
            this.verifier = verifier;
            this.interval = interval;
        }

        @Override
        public Progress poll() {
            try {
                var redeemed = endpoint.redeem(
                        issuer.client(),
                        Map.of("grant_type", GRANT, "device_code", code.reveal(), VERIFIER, verifier.reveal()));
                return new Progress.Ended(new Outcome.Proven(tokens.verify(redeemed, null, clock.instant())));
            } catch (FaultException e) {
                return after(e.fault());
            } catch (FlawedTokenException e) {
                return ended(e.flaw().word(), e.flaw().isPassing());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return ended(Fault.ISSUER_UNREACHABLE.word(), true);
            }
        }

        private Progress after(Fault fault) {
            if (fault == Fault.ASKED_TOO_OFTEN) {
                interval = shorter(interval.plus(SLOWER), LONGEST_INTERVAL);
            }
            return fault == Fault.ASKED_TOO_OFTEN || fault == Fault.NOT_YET_DECIDED
                    ? new Progress.Waiting(interval)
                    : ended(fault.word(), fault.isPassing());
        }

        private static Progress ended(String reason, boolean isPassing) {
            return new Progress.Ended(isPassing ? new Outcome.Unavailable(reason) : new Outcome.Refused(reason));
        }
    }
}
