// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.ledger;

import dev.hansard.ports.session.SpoolPosition;
import java.util.List;

/**
 * Where the spool enters each record that has become durable. One thread reads the spool from {@link #position} on and
 * calls {@link #append} and {@link #commit}; the rest may be called by any thread.
 *
 * <p>What was appended is kept only by the next commit. A process that ends before it finds the older position at its
 * next start and reads the same records again; so the spool must keep a file until {@link #covered} has passed it.
 *
 * @since 0.1
 */
public interface RecordLedger {
    /**
     * Where to read on.
     *
     * @throws dev.hansard.ports.session.StorageException when the ledger cannot be appended to: because a store fails,
     *     or because what is published is newer than what the node has, as it is after the node's folder was put back
     *     from a backup
     */
    SpoolPosition position();

    /**
     * Enters records in the order of their sequences. One whose sequence is entered already is passed over; sequences
     * that are jumped over become a {@link LedgerEntry.Gap}.
     *
     * @param upTo the new {@link #position}
     * @throws dev.hansard.ports.session.StorageException as {@link #position}; that has to be asked again then
     */
    void append(List<LedgerEntry.Session> records, SpoolPosition upTo);

    /** Whether so much time has passed since the last commit that one is due, if anything was appended. */
    boolean isDue();

    /**
     * Signs what is there as a checkpoint, makes it durable, and publishes it. That it could not be published is not a
     * failure: it is told by {@link #trouble} and tried again with the next.
     *
     * @throws dev.hansard.ports.session.StorageException when it could not be made durable
     */
    void commit();

    /** Everything in the spool before this is entered for good. */
    SpoolPosition covered();

    /** The highest sequence that was ever entered for good; no record may be given it, or one before it, again. */
    long lastSequence();

    /** What is wrong, for people; empty when nothing is. */
    String trouble();
}
