// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential;

import dev.hansard.ports.credential.SecretReading;
import dev.hansard.ports.value.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One value of a credential. Immutable; never printed.
 *
 * @param id drawn by lot, so that it tells nothing about the value
 * @param since when it came
 * @param expiresAt when it must not be used any more, for people; null when nobody said so
 * @param endNanos the same by the clock that only goes forward; meaningless without {@code expiresAt}
 */
public record Version(
        String id,
        Map<String, Secret> values,
        Instant since,
        @Nullable Instant expiresAt,
        long endNanos) {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ID_LENGTH = 10;

    static Version of(SecretReading reading, CredentialTools tools) {
        return made(newId(tools.random()), reading, tools.wall().instant(), tools);
    }

    /** The same value, which was read once more and may be good for longer. */
    Version extended(SecretReading reading, CredentialTools tools) {
        // The very same where nothing changes, so that calls go on with what was made of it.
        return expiresAt == null && reading.goodFor() == null ? this : made(id, reading, since, tools);
    }

    private static Version made(String id, SecretReading reading, Instant since, CredentialTools tools) {
        Duration goodFor = reading.goodFor();
        return new Version(
                id,
                reading.values(),
                since,
                goodFor == null ? null : tools.wall().instant().plus(goodFor),
                goodFor == null ? 0 : tools.nanos().getAsLong() + goodFor.toNanos());
    }

    private static String newId(RandomGenerator random) {
        var id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }

    boolean isOver(long nanos) {
        return expiresAt != null && nanos - endNanos >= 0;
    }

    @Override
    public String toString() {
        return "Version[" + id + "]";
    }
}
