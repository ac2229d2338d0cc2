// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

/**
 * Figures of a spool since it was opened, and how it stands now.
 *
 * @param recorded records made durable
 * @param lost records that could not be written; each leaves a gap in the sequence or an incomplete session
 * @param refused intents that were not taken
 * @param files spool files that are there
 * @param bytes of the spool files
 * @param queuedBytes records that wait to become durable
 * @param flights calls in flight that the table knows
 * @param flightsRefused calls that found no slot in the table
 * @param fileFailures spool files given up because a write or a sync failed
 * @param damagedBytes bytes found damaged when the spool was opened or sealed
 * @param unreadable records that cannot be indexed
 * @param segments segments stored
 * @param setAside spool files that cannot be sealed and hold up no others
 * @param trouble what keeps sessions from being indexed or sealed, in words; empty when nothing does
 */
public record SpoolStats(
        long recorded,
        long lost,
        long refused,
        int files,
        long bytes,
        long queuedBytes,
        int flights,
        int flightsRefused,
        long fileFailures,
        long damagedBytes,
        long unreadable,
        long segments,
        int setAside,
        String trouble) {}
