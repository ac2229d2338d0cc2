// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.credential;

import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a credential is doing; never a value.
 *
 * @param type the word of the configuration, such as {@code bearer}
 * @param version the one that calls get; null when there is none
 * @param since when it came
 * @param expiresAt when it must not be used any more; null when nobody said so
 * @param previous the version before, while it may still be used
 * @param previousUntil when that is over
 * @param trouble why the source could not be read last time; null when it could
 * @since 0.1
 */
public record CredentialState(
        String name,
        ServiceName service,
        String type,
        @Nullable String version,
        @Nullable Instant since,
        @Nullable Instant expiresAt,
        @Nullable String previous,
        @Nullable Instant previousUntil,
        @Nullable String trouble) {}
