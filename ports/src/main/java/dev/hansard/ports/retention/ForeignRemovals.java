// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import dev.hansard.ports.retention.RetentionEvidence.Removing;
import dev.hansard.ports.value.NodeName;
import java.time.Instant;
import java.util.List;

/**
 * What nodes have removed of the records of others, until each has entered it in the ledger of its own: the ledger of a
 * node explains the absence of that node's records, and nobody else can write to it. Durable when a method returns.
 * Safe for any number of threads.
 *
 * @since 0.1
 */
public interface ForeignRemovals {
    /**
     * Leaves word for the node whose records are going to be removed.
     *
     * @param node who recorded them
     */
    void add(NodeName node, ForeignRemoval removal);

    /**
     * What waits for a node, the oldest first.
     *
     * @param limit how many at most
     */
    List<Waiting> of(NodeName node, int limit);

    /** Notes that a node has entered one. */
    void entered(long number);

    /**
     * A removal by another node.
     *
     * @param by who removes
     * @param what all of its records are of one node
     * @since 0.1
     */
    record ForeignRemoval(NodeName by, Instant at, Removing what) {}

    /**
     * A removal that has not been entered.
     *
     * @since 0.1
     */
    record Waiting(long number, ForeignRemoval removal) {}
}
