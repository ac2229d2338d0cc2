// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.value.InvalidValueException;
import java.time.Instant;

/**
 * That somebody is signed in with a browser or a command line.
 *
 * @param digest of what their browser shows, in hexadecimal digits; what it shows itself is not kept anywhere
 * @param usedAt when it was shown the last time, as far as it was written down
 * @param endsAt when it is over in any case
 * @since 0.1
 */
public record SignedInRecord(String digest, Person person, Instant usedAt, Instant endsAt) {
    /** The longest digest. */
    public static final int LONGEST_DIGEST = 64;

    public SignedInRecord {
        if (digest.isEmpty() || digest.length() > LONGEST_DIGEST) {
            throw new InvalidValueException(
                    "the digest of a sign-in must have 1 to " + LONGEST_DIGEST + " chars, but has " + digest.length());
        }
    }

    /** The same, shown at another time. */
    public SignedInRecord usedAt(Instant at) {
        return new SignedInRecord(digest, person, at, endsAt);
    }
}
