// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An approval as a store keeps it: what is looked for, and the rest, which the store does not look into. Times are kept
 * to the microsecond.
 *
 * @param version as {@link Approval#version()}
 * @param provider of the caller
 * @param subject of the caller
 * @param expiresAt as {@link Approval.Term#expiresAt()}
 * @param standsUntil as {@link Approval.Term#standsUntil()}
 * @param keepUntil as {@link Approval.Term#keepUntil()}
 * @param document all of it, at most {@value #MOST_BYTES} bytes; cannot be written to
 * @since 0.1
 */
public record StoredApproval(
        ApprovalId id,
        long version,
        ApprovalState state,
        ServiceName service,
        NodeName node,
        String provider,
        String subject,
        Instant expiresAt,
        @Nullable Instant standsUntil,
        Instant keepUntil,
        ByteBuffer document) {
    /** Room for a request's head, {@link AskedRequest#MOST_BODY_BYTES} of its content, and all votes. */
    public static final int MOST_BYTES = 512 * 1024;

    public StoredApproval {
        document = document.asReadOnlyBuffer();
        if (document.remaining() > MOST_BYTES) {
            throw new InvalidValueException(
                    "an approval must have at most " + MOST_BYTES + " bytes, but has " + document.remaining());
        }
    }

    /** A view with a position of its own. */
    @Override
    public ByteBuffer document() {
        return document.duplicate();
    }
}
