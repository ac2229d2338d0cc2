// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.value;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A value that is never printed: {@code toString} is constant, equality takes constant time and there is no
 * serialisation. Only {@link #reveal()} gives the value; each call of it is a place to review.
 *
 * @since 0.1
 */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The clear value. Never log it, put it in a message, or keep it longer than the call that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return 0; // A hash is a hint at the value.
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
