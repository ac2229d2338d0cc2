// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.ledger;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.util.List;

/**
 * What one leaf of the ledger says. A leaf stays for ever, so it holds nothing of a payload: of a record only a hash of
 * its stored bytes, among which are 16 random ones that go when the record is erased; then nobody can find out by
 * guessing what the hash was of, and every proof stays valid.
 *
 * @since 0.1
 */
public sealed interface LedgerEntry {
    /** The node whose ledger it is in. */
    NodeName node();

    /**
     * A record was made.
     *
     * @param sequence its place in the node's order of records, from 1
     * @param complete false for the record of a call that nobody ended
     * @param frame SHA-256 of the stored frame, the same in spool and segment
     * @since 0.1
     */
    record Session(
            NodeName node,
            SessionId id,
            long sequence,
            boolean complete,
            Durability durability,
            ServiceName service,
            Hash frame)
            implements LedgerEntry {}

    /**
     * Records that there should be, and are not.
     *
     * @param sequences which
     * @param cause a stable word such as {@code lost}
     * @since 0.1
     */
    record Gap(NodeName node, Range sequences, String cause) implements LedgerEntry {
        public Gap {
            requireText(cause);
        }
    }

    /**
     * Somebody did something that explains why records are there, or are not, or look as they do.
     *
     * @param actor who; empty for the node itself
     * @param subject what it was done to, such as the key of a segment, the id of a hold or the name of a rule set
     * @param detail what else is to be known, such as a query, a version or a public key
     * @param sequences the records that it touched, in order; those of a deletion are not missing any more
     * @since 0.1
     */
    record Event(
            NodeName node,
            EventKind kind,
            Instant at,
            String actor,
            String reason,
            String subject,
            String detail,
            List<Range> sequences)
            implements LedgerEntry {
        /** Most ranges of one entry; more need more entries. */
        public static final int MAX_RANGES = 3_000;

        public Event {
            requireText(actor);
            requireText(reason);
            requireText(subject);
            requireText(detail);
            sequences = List.copyOf(sequences);
            if (sequences.size() > MAX_RANGES) {
                throw new InvalidValueException("an event of the ledger must have at most " + MAX_RANGES
                        + " ranges of records, but has " + sequences.size());
            }
        }
    }

    /**
     * What kind of event.
     *
     * @since 0.1
     */
    enum EventKind {
        DELETION,
        HOLD,
        HOLD_REMOVAL,
        RULE_CHANGE,
        KEY_CHANGE,
        /** This node removed records of another: the ranges are of that one's sequences. */
        REMOVAL_OF_OTHERS,
        /** Another node removed records of this one. */
        REMOVAL_BY_OTHERS
    }

    /**
     * Records that follow one another.
     *
     * @param first sequence of the first
     * @param last sequence of the last
     * @since 0.1
     */
    record Range(long first, long last) {
        public Range {
            if (first < 1 || last < first) {
                throw new InvalidValueException("there are no records from " + first + " to " + last);
            }
        }

        /** Whether a sequence lies in it. */
        public boolean has(long sequence) {
            return sequence >= first && sequence <= last;
        }
    }

    /** The longest text of an entry. */
    int MAX_TEXT = 1_000;

    private static void requireText(String text) {
        if (text.length() > MAX_TEXT) {
            throw new InvalidValueException(
                    "a text of a ledger entry must have at most " + MAX_TEXT + " characters, but has " + text.length());
        }
    }
}
