// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import java.util.List;

/**
 * Where it is proved that records went, and why: a ledger. It is told before anything is done; when it fails, nothing
 * is done. It may be told the same again after a process was killed. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface RetentionEvidence {
    /** For a node without a ledger. */
    RetentionEvidence NONE = new RetentionEvidence() {
        @Override
        public void removing(Removing removing) {
            // Nobody keeps it.
        }

        @Override
        public void held(Hold hold, HoldEvent event) {
            // Nobody keeps it.
        }
    };

    /**
     * Records are going to be removed.
     *
     * @throws dev.hansard.ports.session.StorageException when that cannot be proved later; then they stay
     */
    void removing(Removing removing);

    /**
     * Something happens to a hold.
     *
     * @throws dev.hansard.ports.session.StorageException when that cannot be proved later; then it does not happen
     */
    void held(Hold hold, HoldEvent event);

    /**
     * Records that are going to be removed.
     *
     * @param segment key of the segment that they lie in
     * @param actor who wants it; empty for the node itself
     * @param reason what they gave as the reason; empty for the node itself
     * @param records which, in order
     * @since 0.1
     */
    record Removing(String segment, Cause cause, String actor, String reason, List<Range> records) {
        public Removing {
            records = List.copyOf(records);
        }
    }

    /**
     * Records of one node that follow one another.
     *
     * @param first sequence of the first
     * @param last sequence of the last
     * @since 0.1
     */
    record Range(NodeName node, long first, long last) {
        public Range {
            if (last < first) {
                throw new InvalidValueException("there are no records from " + first + " to " + last);
            }
        }
    }
}
