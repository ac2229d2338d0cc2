// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential;

import dev.hansard.core.credential.shape.Shape;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;

/**
 * A credential as it is configured, without its value.
 *
 * @param type the word of the configuration
 * @param overlap how long a version may still be used when there is a newer one
 */
public record CredentialSpec(String name, ServiceName service, String type, Shape shape, Duration overlap) {
    /** For targets that learn of a new value within minutes. */
    public static final Duration USUAL_OVERLAP = Duration.ofMinutes(10);
}
