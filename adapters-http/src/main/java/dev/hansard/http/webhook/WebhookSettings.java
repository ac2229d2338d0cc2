// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.webhook;

import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where notices go, and which.
 *
 * @param name of the sink, for people
 * @param url may hold a secret, as those of chat services do, so it is never shown
 * @param secret {@code whsec_} and base64 of 24 to 64 bytes
 * @param events types of notices, or what they begin with up to a full stop; empty for all
 * @param limits how long and how often it is tried
 */
public record WebhookSettings(String name, URI url, Secret secret, List<String> events, Limits limits) {
    public WebhookSettings {
        events = List.copyOf(events);
        boolean isHttp = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
        if (!isHttp || url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new InvalidValueException("the URL of sink " + name
                    + " must begin with https:// or http:// and a host, without a user and a fragment");
        }
        Signature.of(secret);
    }

    /**
     * How long and how often.
     *
     * @param connect how long connecting may take
     * @param answer how long it may take until the head of the answer is there
     * @param firstPause after the first attempt that failed; each further one is twice as long
     * @param longestPause no pause is longer
     * @param giveUp after which a notice is dropped that nobody has taken
     * @param waiting how many notices may wait
     */
    public record Limits(
            Duration connect,
            Duration answer,
            Duration firstPause,
            Duration longestPause,
            Duration giveUp,
            int waiting) {
        /** What is right for most. */
        public static final Limits DEFAULT = new Limits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                Duration.ofMinutes(10),
                Duration.ofHours(24),
                1000);
    }

    /** Whether a type of notice is wanted. */
    boolean wants(String type) {
        return events.isEmpty()
                || events.stream().anyMatch(event -> type.equals(event) || type.startsWith(event + "."));
    }
}
