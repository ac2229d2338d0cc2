// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import java.time.Duration;

/**
 * What is configured of one issuer, besides its keys.
 *
 * @param issuer its entity id, exactly
 * @param audience our entity id, which assertions must be for
 * @param endpoint the URL that messages come to, exactly as the issuer writes it
 * @param clockSkew how far the clocks of issuer and node may differ; at most {@value #MOST_SKEW_SECONDS} seconds
 * @param maxLifetime the longest that an assertion may hold, and so the longest that it is remembered
 * @param rememberedAssertions how many assertions are remembered to tell a replay
 */
record SamlSettings(
        String issuer,
        String audience,
        String endpoint,
        Duration clockSkew,
        Duration maxLifetime,
        int rememberedAssertions) {
    static final int MOST_SKEW_SECONDS = 120;

    SamlSettings {
        requireText("issuer", issuer);
        requireText("audience", audience);
        requireText("endpoint", endpoint);
        if (clockSkew.isNegative() || clockSkew.compareTo(Duration.ofSeconds(MOST_SKEW_SECONDS)) > 0) {
            throw new IllegalArgumentException(
                    "clock-skew must be 0 to " + MOST_SKEW_SECONDS + " seconds, but is " + clockSkew);
        }
        if (!maxLifetime.isPositive()) {
            throw new IllegalArgumentException("max-lifetime must be positive, but is " + maxLifetime);
        }
        if (rememberedAssertions < 1) {
            throw new IllegalArgumentException(
                    "remembered-assertions must be at least 1, but is " + rememberedAssertions);
        }
    }

    private static void requireText(String key, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(key + " must not be blank; write what the metadata says");
        }
    }
}
