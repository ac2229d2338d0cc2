// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.value.InvalidValueException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that Hansard gave out, as it is kept: without the secret part, which nobody can get back.
 *
 * @param id the public part, visible in the key and in lists; {@value #ID_LENGTH} of a-z 2-7
 * @param name what people call it; the caller's subject is {@value #SUBJECT} and this
 * @param digest SHA-256 of the whole key, in hex: the secret part has 160 random bits, so no slow hash is needed
 * @param groups groups of whoever shows the key
 * @param createdBy who made it
 * @param expiresAt from when on it is refused; null for never
 * @param revokedAt since when it is refused; null while it is not
 * @since 0.1
 */
public record ApiKey(
        String id,
        String name,
        String digest,
        List<String> groups,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {
    public static final int ID_LENGTH = 12;

    /** What the subject of a key's caller begins with. */
    public static final String SUBJECT = "key:";

    /** The longest name. */
    public static final int LONGEST_NAME = 63;

    public ApiKey {
        groups = List.copyOf(groups);
        if (!id.matches("[a-z2-7]{" + ID_LENGTH + "}")) {
            throw new InvalidValueException("an API key's id must be " + ID_LENGTH + " of a-z 2-7");
        }
        if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new InvalidValueException(
                    "an API key's name must be 1 to 63 of a-z 0-9 -, and start and end with a letter or digit");
        }
        if (groups.size() > Caller.MOST_GROUPS) {
            throw new InvalidValueException("an API key must have at most " + Caller.MOST_GROUPS + " groups");
        }
    }

    /** Whether it is taken at a time. */
    public boolean isGoodAt(Instant time) {
        return revokedAt == null && (expiresAt == null || time.isBefore(expiresAt));
    }

    /** The same, refused from a time on. */
    public ApiKey revoked(Instant at) {
        return new ApiKey(id, name, digest, groups, createdAt, createdBy, expiresAt, at);
    }
}
