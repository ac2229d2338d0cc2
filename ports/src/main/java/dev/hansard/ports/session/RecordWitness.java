// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

/**
 * Compares stored records with the ledger. Safe for any number of threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RecordWitness {
    /** Knows nothing. */
    RecordWitness NONE = _ -> Standing.of(Standing.State.UNKNOWN);

    /** Reads the record of a session as it is stored now, whole, and its leaf. Never fails. */
    Standing of(Session session);
}
