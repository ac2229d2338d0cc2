// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.InvalidValueException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which approvals to list, the newest first.
 *
 * @param states those in one of them; empty for any
 * @param scope those of these services
 * @param before those that began before this one; null for the newest of all
 * @param limit 1 to {@value #MOST}
 * @since 0.1
 */
public record ApprovalQuery(
        Set<ApprovalState> states, Scope scope, @Nullable ApprovalId before, int limit) {
    /** The most of one page. */
    public static final int MOST = 200;

    public ApprovalQuery {
        states = Set.copyOf(states);
        if (limit < 1 || limit > MOST) {
            throw new InvalidValueException("limit must be 1 to " + MOST + ", but is " + limit);
        }
    }
}
