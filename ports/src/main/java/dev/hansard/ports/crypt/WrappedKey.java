// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.crypt;

import dev.hansard.ports.value.InvalidValueException;

/**
 * A data key as it may be stored: encrypted under a key-encryption key that is kept elsewhere.
 *
 * @param wrappedBy which key-encryption key it needs, such as {@code file:9f86d081884c7d65} or
 *     {@code transit:hansard:v3}; it tells nothing about that key
 * @param text what its {@link KeyWrapper} made of it; printable, without blanks
 * @since 0.1
 */
public record WrappedKey(String wrappedBy, String text) {
    /** Most characters of either part. */
    public static final int MAX_LENGTH = 4096;

    public WrappedKey {
        requirePrintable("wrapped-by", wrappedBy);
        requirePrintable("text", text);
    }

    private static void requirePrintable(String name, String value) {
        boolean printable = value.chars().allMatch(c -> c > ' ' && c < 0x7F);
        if (value.isEmpty() || value.length() > MAX_LENGTH || !printable) {
            throw new InvalidValueException("wrapped key's " + name + " must be 1 to " + MAX_LENGTH
                    + " printable characters without blanks, but is " + value.length() + " others");
        }
    }
}
