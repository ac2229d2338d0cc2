// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.spi;

/**
 * An option is missing or does not fit. The message says which, and what it must be; it never holds a secret. A retry
 * with the same configuration cannot succeed.
 *
 * @since 0.1
 */
public final class InvalidOptionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * A complaint about an option.
     *
     * @param key the key that is wrong, relative to the options that were handed over
     */
    public InvalidOptionException(String key, String message) {
        super(message);
        this.key = key;
    }

    /** The key that is wrong. */
    public String key() {
        return key;
    }
}
