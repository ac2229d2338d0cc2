// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import dev.hansard.ports.approval.ApprovalTerms;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.policy.Action;
import dev.hansard.ports.policy.Expression;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A rule about what may pass. Two are the same when they say the same, wherever they are written.
 *
 * @param name unique among the policies of a node
 * @param when the requests that it is for
 * @param expression what must hold for them besides; null for nothing
 * @param observe whether it only says what would have happened
 * @param message to the caller, in one sentence; may be empty
 * @param approval what it asks of an approval, where it asks for one
 * @param place where it is written, as file:line:column; empty when it was not read from a file
 */
public record Policy(
        String name,
        When when,
        @Nullable Expression expression,
        Action action,
        boolean observe,
        String message,
        ApprovalTerms approval,
        String place) {
    /** One that asks for the usual where it asks for an approval. */
    public Policy(
            String name,
            When when,
            @Nullable Expression expression,
            Action action,
            boolean observe,
            String message,
            String place) {
        this(name, when, expression, action, observe, message, ApprovalTerms.USUAL, place);
    }

    /** All that it says, in one spelling; where it is written is no part of it. */
    String content() {
        String asked = expression == null ? "" : expression.text();
        return String.join(
                "\0",
                name,
                when.services().toString(),
                new TreeMap<>(when.labels()).toString(),
                when.methods().toString(),
                when.paths().toString(),
                when.callers().toString(),
                when.groups().toString(),
                when.headers().toString(),
                when.query().toString(),
                when.inside().toString(),
                when.outside().toString(),
                asked,
                action.word(),
                Boolean.toString(observe),
                message,
                action == Action.REQUIRE_APPROVAL ? approval.toString() : "");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Policy policy && content().equals(policy.content());
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Whether it is for requests to a service at all. */
    public boolean isFor(Service service) {
        return when.isFor(service);
    }

    /** Whether it can only be decided with the content. */
    boolean needsBody() {
        return expression != null && expression.needsBody();
    }

    /** Whether a request must not pass by it when it cannot be decided on. */
    boolean failsClosed() {
        return action != Action.ALLOW && !observe;
    }
}
