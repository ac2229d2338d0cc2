// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import java.util.Map;

/**
 * Counters of one node since its start.
 *
 * @param ended approvals whose state this node changed, by the state that they came to
 * @param requested approvals that were asked for
 * @param mismatches requests that were not what people had approved, and were not sent
 * @param full requests that were refused for want of room
 * @param waiting requests that wait on their connection now
 * @param vaultBytes what the vault holds now
 * @since 0.1
 */
public record ApprovalCounts(
        Map<ApprovalState, Long> ended, long requested, long mismatches, long full, int waiting, long vaultBytes) {
    public ApprovalCounts {
        ended = Map.copyOf(ended);
    }
}
