// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.value;

/**
 * The name of a retention class, such as {@code default} or {@code pci}: 1 to 32 of {@code a-z 0-9 -}. It is a folder
 * in the payload store.
 *
 * @since 0.1
 */
public record RetentionClass(String value) {
    /** The class of a service that names none. */
    public static final RetentionClass DEFAULT = new RetentionClass("default");

    private static final int MAX_LENGTH = 32;

    public RetentionClass {
        boolean allowed = value.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
        if (value.isEmpty() || value.length() > MAX_LENGTH || !allowed) {
            throw new InvalidValueException(
                    "retention class '" + value + "' must be 1 to " + MAX_LENGTH + " of a-z 0-9 -");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
