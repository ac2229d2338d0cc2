// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.credential;

import dev.hansard.idp.jose.FlawedTokenException;
import dev.hansard.idp.jose.JsonObject;
import dev.hansard.ports.credential.CredentialUnavailableException;
import dev.hansard.ports.credential.SecretReading;
import dev.hansard.ports.credential.SecretSource;
import dev.hansard.ports.value.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks an issuer's token endpoint (RFC 6749 section 3.2) for tokens of Hansard's own. The client's secret is read anew
 * each time, so that it may be rotated too. A token that is good for more than was asked for is not taken: what Hansard
 * may do is configured, and not up to the issuer. Safe for any number of threads.
 *
 * @param isInForm whether the client's name and secret go into the form instead of a field
 * @param asked scope, audience and resource, as far as they are configured
 */
record TokenEndpoint(
        URI address,
        String clientId,
        SecretSource clientSecret,
        boolean isInForm,
        Map<String, String> asked,
        SecretCaller caller) {
    /** How long a token is taken to be good when the issuer does not say (RFC 6749 section 5.1 only recommends it). */
    static final Duration UNSAID_LIFE = Duration.ofMinutes(5);

    /** So long before its end a token is not used any more: a call may be under way for a while. */
    static final Duration MARGIN = Duration.ofSeconds(30);

    private static final Set<String> REFUSALS =
            Set.of("access_denied", "invalid_grant", "invalid_request", "invalid_target", "invalid_scope");

    /** A token by a grant. */
    SecretReading token(Map<String, String> grant) throws CredentialUnavailableException, InterruptedException {
        Secret secret = secret();
        Map<String, String> form = new LinkedHashMap<>(grant);
        form.putAll(asked);
        Map<String, String> fields = new HashMap<>(Map.of("Content-Type", "application/x-www-form-urlencoded"));
        if (isInForm) {
            form.put("client_id", clientId);
            form.put("client_secret", secret.reveal());
        } else {
            // Both are encoded as in a form first (RFC 6749 section 2.3.1).
            String pair = encoded(clientId) + ":" + encoded(secret.reveal());
            fields.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
        }
        try {
            return read(caller.post(address, fields, encoded(form)));
        } catch (IOException e) {
            throw CredentialUnavailableException.passing(address + " cannot be reached: " + e.getMessage());
        } catch (FlawedTokenException _) {
            throw CredentialUnavailableException.passing(address + " gave no answer that RFC 6749 allows");
        }
    }

    private Secret secret() throws CredentialUnavailableException, InterruptedException {
        Secret secret = clientSecret.read().values().get(SecretReading.VALUE);
        if (secret == null) {
            throw new IllegalStateException("the source of a client secret gave none");
        }
        return secret;
    }

    private SecretReading read(HttpAnswer answer) throws FlawedTokenException, CredentialUnavailableException {
        if (!answer.isOk()) {
            throw refusal(answer);
        }
        JsonObject said = answer.object();
        String token = said.text("access_token");
        String type = said.text("token_type");
        if (token == null || (type != null && !type.equalsIgnoreCase("bearer"))) {
            throw CredentialUnavailableException.passing(address + " gave no bearer token");
        }
        checkScope(said.text("scope"));
        Long millis = said.millis("expires_in");
        Duration life = millis == null ? UNSAID_LIFE : Duration.ofMillis(millis);
        if (life.compareTo(Duration.ofSeconds(1)) < 0) {
            throw CredentialUnavailableException.passing(address + " gave a token that is over already");
        }
        // Of a short life at least half is used.
        Duration margin = MARGIN.compareTo(life.dividedBy(2)) < 0 ? MARGIN : life.dividedBy(2);
        Duration goodFor = life.minus(margin);
        return SecretReading.of(
                Secret.of(token), goodFor, goodFor.multipliedBy(4).dividedBy(5));
    }

    private void checkScope(@Nullable String given) throws CredentialUnavailableException {
        String wanted = asked.get("scope");
        if (given != null && wanted != null) {
            var more = new HashSet<>(Arrays.asList(given.split(" ", -1)));
            more.removeAll(Arrays.asList(wanted.split(" ", -1)));
            more.remove("");
            if (!more.isEmpty()) {
                throw CredentialUnavailableException.passing(
                        address + " gave a token of a wider scope than asked for; narrow what the client may have");
            }
        }
    }

    private CredentialUnavailableException refusal(HttpAnswer answer) {
        String error = null;
        try {
            error = answer.object().text("error");
        } catch (FlawedTokenException _) {
            // Then the status has to do.
        }
        if (error != null && REFUSALS.contains(error)) {
            return CredentialUnavailableException.refused(address + " refuses with " + error);
        }
        String remedy =
                "invalid_client".equals(error) || answer.status() == 401 ? "; check client-id and client-secret" : "";
        return CredentialUnavailableException.passing(address + " answers " + answer.status() + remedy);
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
