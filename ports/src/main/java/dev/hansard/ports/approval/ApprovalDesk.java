// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.value.ApprovalId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where people look at the requests that wait, and decide on them. Only those of services that the visitor's roles
 * reach are there for them. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface ApprovalDesk {
    /**
     * Lists approvals, the newest first, without the contents of their requests.
     *
     * @param states those in one of them; empty for any
     * @param before those that began before this one; null for the newest
     * @param limit 1 to {@value ApprovalQuery#MOST}
     * @throws dev.hansard.ports.identity.NotAllowedException when the visitor may see none at all
     */
    List<Approval> list(Visitor visitor, Set<ApprovalState> states, @Nullable ApprovalId before, int limit);

    /**
     * One approval, with the beginning of its masked content for those who may decide on it or read contents; that they
     * read it is in the audit log. Null when there is none, or none for the visitor.
     *
     * @throws dev.hansard.ports.identity.NotAllowedException when the visitor may see none at all
     */
    @Nullable
    Approval show(Visitor visitor, ApprovalId id);

    /**
     * Whether the visitor may approve this one as it is now, and why not. Changes nothing.
     *
     * @return null when they may
     */
    @Nullable
    Refusal objection(Visitor visitor, Approval approval);

    /**
     * Decides. It is in the audit log before it is done, and durable when this returns. The same person deciding the
     * same again changes nothing and is no error.
     *
     * @param comment at most {@value Vote#LONGEST_COMMENT} chars; a denial needs one
     * @param digest of the request that the person has looked at, as {@link Approval#digest()}: another one is refused
     *     with {@code approval_changed}
     * @return as it is afterwards
     * @throws dev.hansard.ports.identity.NotAllowedException when they may not: the refusal says why. Its codes are
     *     {@code no_approval} (404), {@code not_allowed}, {@code not_a_reviewer}, {@code own_request},
     *     {@code already_decided}, {@code comment_required}, {@code approval_changed}, {@code approval_closed}
     */
    Approval decide(Visitor visitor, ApprovalId id, Vote.Verdict verdict, String comment, String digest);
}
