// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

/** The node cannot start as configured. The message says what is wrong and what to do. */
public final class NodeStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NodeStartException(String message) {
        super(message);
    }

    NodeStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
