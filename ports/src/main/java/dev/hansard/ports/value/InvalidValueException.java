// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.value;

/**
 * A value from outside breaks the invariant of its type. The message says what is wrong and what is allowed; it never
 * holds a secret. A retry with the same value cannot succeed.
 *
 * @since 0.1
 */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidValueException(String message) {
        super(message);
    }
}
