// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import dev.hansard.core.approval.digest.DigestKey;
import dev.hansard.core.id.SessionIds;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What every approval is stamped with: the node that holds it, the time, an id, and a key that nobody guesses.
 *
 * @param random a source that cannot be guessed
 */
public record Stamps(NodeName node, InstantSource wall, SessionIds ids, RandomGenerator random) {
    ApprovalId next() {
        SessionId id = ids.next();
        return new ApprovalId(id.high(), id.low());
    }

    Instant now() {
        return wall.instant();
    }

    DigestKey key() {
        return DigestKey.make(random);
    }
}
