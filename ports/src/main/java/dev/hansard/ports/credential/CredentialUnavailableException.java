// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.credential;

/**
 * A credential cannot be had. The message says why and what to do, for those who run Hansard; it holds no secret.
 *
 * @since 0.1
 */
public final class CredentialUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean refused;

    private CredentialUnavailableException(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    /** The source is out of reach or has nothing useful at the moment; another time it may. */
    public static CredentialUnavailableException passing(String message) {
        return new CredentialUnavailableException(message, false);
    }

    /** Whoever was asked said no. */
    public static CredentialUnavailableException refused(String message) {
        return new CredentialUnavailableException(message, true);
    }

    /** Whether whoever was asked said no, so that asking again soon is useless. */
    public boolean isRefused() {
        return refused;
    }

    /** The message. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
