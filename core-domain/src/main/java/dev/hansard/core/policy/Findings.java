// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import dev.hansard.ports.policy.Action;
import dev.hansard.ports.policy.BodyReader;
import dev.hansard.ports.policy.Expression;
import dev.hansard.ports.policy.PolicyRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which policies were found to be for one request. Owned by the thread that judges it. */
final class Findings {
    /** Strictest first; by name where two are as strict, so that the order in which they are written never matters. */
    private static final Comparator<Policy> ORDER =
            Comparator.comparing(Policy::action).reversed().thenComparing(Policy::name);

    private final List<Policy> matched = new ArrayList<>();
    private final List<Policy> observed = new ArrayList<>();
    private final List<Failure> failed = new ArrayList<>();

    /** A policy that could not be decided on. */
    record Failure(Policy policy, String reason) {}

    /** Takes in a policy that is for the request but for its expression. */
    void ask(Policy policy, PolicyRequest request, BodyReader.Reading body) {
        Expression expression = policy.expression();
        Expression.Answer answer = expression == null ? Expression.Told.YES : expression.ask(request, body);
        switch (answer) {
            case Expression.Told.YES -> (policy.observe() ? observed : matched).add(policy);
            case Expression.Told.NO -> {
                // It says nothing of this request.
            }
            case Expression.Unknown(var reason) -> failed.add(new Failure(policy, reason));
        }
    }

    boolean isDenied() {
        return !matched.isEmpty() && action() == Action.DENY;
    }

    /** The strictest action among those that matched; allow when there are none. */
    Action action() {
        Action strictest = Action.ALLOW;
        for (Policy policy : matched) {
            strictest = strictest.or(policy.action());
        }
        return strictest;
    }

    List<Policy> matched() {
        matched.sort(ORDER);
        return matched;
    }

    /** Those that would have stopped the request. */
    List<Policy> observed() {
        observed.removeIf(policy -> policy.action() == Action.ALLOW);
        observed.sort(ORDER);
        return observed;
    }

    List<Failure> failed() {
        failed.sort(Comparator.comparing(Failure::policy, ORDER));
        return failed;
    }

    /** The one of those that failed by which the request must not pass; null when there is none. */
    @Nullable
    Failure closing() {
        for (Failure failure : failed()) {
            if (failure.policy().failsClosed()) {
                return failure;
            }
        }
        return null;
    }
}
