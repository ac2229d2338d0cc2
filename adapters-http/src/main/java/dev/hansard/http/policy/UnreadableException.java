// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.policy;

/** An expression asks for a content that has no reading. Whoever asks the expression catches it. */
final class UnreadableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    UnreadableException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
