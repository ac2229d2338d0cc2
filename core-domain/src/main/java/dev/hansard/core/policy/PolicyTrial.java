// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import dev.hansard.ports.exchange.RequestBody;
import dev.hansard.ports.policy.BodyReader;
import dev.hansard.ports.policy.Explanation.Fit;
import dev.hansard.ports.policy.Explanation.Line;
import dev.hansard.ports.policy.Expression;
import dev.hansard.ports.policy.PolicyRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries policies on a request and says of each why it is for it or not. */
public final class PolicyTrial {
    private final PolicySet policies;
    private final PolicyRequest request;
    private final @Nullable RequestBody body;

    public PolicyTrial(PolicySet policies, PolicyRequest request, @Nullable RequestBody body) {
        this.policies = policies;
        this.request = request;
        this.body = body;
    }

    /** What is decided; a content that is too long to be decided on is the caller's to refuse. */
    public Judgement.Made judgement() {
        return switch (policies.judge(request)) {
            case Judgement.Made made -> made;
            case Judgement.Open open -> open.with(body);
        };
    }

    /** Whether the content is needed, and is longer than what is read for policies. */
    public boolean isTooLarge() {
        return body != null
                && body.length() > policies.defaults().bodyBytes()
                && policies.judge(request) instanceof Judgement.Open;
    }

    /** Each policy, in the order written. */
    public List<Line> lines() {
        BodyReader.Reading reading =
                body == null ? BodyReader.Absent.ABSENT : policies.reader().read(request, body);
        return policies.policies().stream().map(policy -> line(policy, reading)).toList();
    }

    private Line line(Policy policy, BodyReader.Reading reading) {
        When.Part misfit = policy.when().misfit(request);
        if (misfit != null) {
            return line(policy, Fit.DIFFERS, misfit.key() + " does not fit");
        }
        Expression expression = policy.expression();
        return switch (expression == null ? Expression.Told.YES : expression.ask(request, reading)) {
            case Expression.Told.YES -> line(policy, Fit.APPLIES, "");
            case Expression.Told.NO -> line(policy, Fit.DIFFERS, "expr is false");
            case Expression.Unknown(var reason) -> line(policy, Fit.UNKNOWN, reason);
        };
    }

    private static Line line(Policy policy, Fit fit, String why) {
        return new Line(policy.name(), policy.action(), policy.observe(), fit, why);
    }
}
