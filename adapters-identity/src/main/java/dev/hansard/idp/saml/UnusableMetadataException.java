// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

/** An issuer's metadata cannot be used. The message says why, in words that follow the name of the document. */
final class UnusableMetadataException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableMetadataException(String message) {
        super(message);
    }
}
