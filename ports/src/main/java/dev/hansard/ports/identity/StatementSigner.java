// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

/**
 * Signs what a node tells targets about callers, with a key of its own. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface StatementSigner {
    /**
     * The statement as a compact JWS (RFC 7515) with {@code typ: hansard-id+jwt}. Takes about half a
     * millisecond of processor time.
     */
    String sign(CallerStatement statement);

    /** The public key, as a JSON Web Key Set (RFC 7517 section 5), by which targets verify. */
    String keySet();
}
