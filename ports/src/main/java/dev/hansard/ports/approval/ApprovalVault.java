// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import dev.hansard.ports.value.ApprovalId;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a node keeps held requests and the responses to them while nobody is connected: encrypted, each under a key of
 * its own, and gone with that key. What is put in survives the end of the process and a loss of power. Safe for any
 * number of threads.
 *
 * @since 0.1
 */
public interface ApprovalVault {
    /** What is kept of an approval. */
    enum Part {
        /** The request, until it was sent. */
        REQUEST,
        /** The response, until it was collected. */
        RESPONSE
    }

    /**
     * Puts a part in, in place of the one before.
     *
     * @param owner whoever has most of them has to wait first: the caller, in a spelling of its own
     * @return false when there is no room; nothing is changed then
     * @throws dev.hansard.ports.session.StorageException when it cannot be written
     */
    boolean put(ApprovalId id, Part part, String owner, ByteBuffer content);

    /**
     * A part, in a buffer of the caller's own; null when there is none.
     *
     * @throws dev.hansard.ports.session.StorageException when it cannot be read, or is not what was put in
     */
    @Nullable
    ByteBuffer open(ApprovalId id, Part part);

    /** Whether there is such a part. */
    boolean has(ApprovalId id, Part part);

    /** Destroys a part, if there is one. */
    void destroy(ApprovalId id, Part part);

    /** The approvals of which there is something. */
    List<ApprovalId> list();

    /** How many bytes are in use. */
    long usedBytes();
}
