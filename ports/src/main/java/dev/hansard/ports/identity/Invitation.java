// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.value.InvalidValueException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a person is told who signs in on another device (RFC 8628 section 3.2).
 *
 * @param code what they type in there; only letters, digits and such, so that it can be printed anywhere
 * @param place where they type it in: an http URL
 * @param direct the same with the code in it; null when there is none
 * @param life how long the code can be used
 * @param interval how long to wait before asking whether they did
 * @since 0.1
 */
public record Invitation(String code, URI place, @Nullable URI direct, Duration life, Duration interval) {
    /** The longest code. */
    public static final int LONGEST_CODE = 64;

    public Invitation {
        boolean isPrintable = code.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (code.isEmpty() || code.length() > LONGEST_CODE || !isPrintable) {
            throw new InvalidValueException("the code must have 1 to " + LONGEST_CODE + " visible ASCII characters");
        }
        if (!life.isPositive() || !interval.isPositive()) {
            throw new InvalidValueException("life and interval must be positive, but are " + life + ", " + interval);
        }
    }
}
