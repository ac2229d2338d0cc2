// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import java.time.Duration;

/**
 * How much of a node approvals may take.
 *
 * @param waiting requests that wait on their connection at a time; one more gets 202 at once
 * @param waitingOfOne the same of one caller
 * @param sending requests that the node sends at a time for callers that do not wait
 * @param responseBytes the longest content of a response that is kept; a longer one is on record alone
 * @param responseKept how long it is kept for its caller
 */
public record ApprovalLimits(int waiting, int waitingOfOne, int sending, int responseBytes, Duration responseKept) {
    public static final ApprovalLimits DEFAULT =
            new ApprovalLimits(1_000, 100, 16, 8 * 1024 * 1024, Duration.ofHours(1));
}
