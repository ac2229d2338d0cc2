// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.agent;

import java.io.IOException;

/** The gateway cannot be used as it is; the message says why. */
final class HandshakeException extends IOException {
    private static final long serialVersionUID = 1L;

    HandshakeException(String message) {
        super(message);
    }
}
