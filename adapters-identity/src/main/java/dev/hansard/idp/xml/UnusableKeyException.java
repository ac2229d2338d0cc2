// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.xml;

/** A key cannot be used. The message says why, in words that follow the name of the key. */
public final class UnusableKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableKeyException(String message) {
        super(message);
    }
}
