// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.config.ConfigDesk;
import dev.hansard.ports.config.Reloading;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.policy.Action;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.policy.Explanation;
import dev.hansard.ports.policy.PolicyDesk;
import dev.hansard.ports.policy.Trial;
import dev.hansard.ports.value.ServiceName;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One policy that denies everything, and a configuration that can be set. */
final class FakePolicies implements PolicyDesk, ConfigDesk {
    static final String VERSION = "00112233445566ff";

    final List<Trial> trials = new CopyOnWriteArrayList<>();
    volatile Reloading reloading = new Reloading.Applied(VERSION, List.of("policies"), List.of("listeners"), List.of());

    @Override
    public InForce inForce(Visitor visitor) {
        return new InForce(
                VERSION,
                Action.ALLOW,
                1024,
                List.of(new Counted(
                        "none", Action.DENY, false, List.of("payments"), "true", "No.", "hansard.yaml:3:5", 7, 1)));
    }

    @Override
    public Explanation explain(Visitor visitor, Trial trial) {
        trials.add(trial);
        return new Explanation(
                new ServiceName("payments"),
                trial.target(),
                new Refusal(403, "policy_denied", "Policy 'none' denies this request: No."),
                Action.DENY,
                new Decision(Decision.Outcome.DENIED, List.of("none"), List.of(), VERSION),
                List.of(
                        new Explanation.Line("none", Action.DENY, false, Explanation.Fit.APPLIES, ""),
                        new Explanation.Line(
                                "other", Action.DENY, true, Explanation.Fit.DIFFERS, "path does not fit")));
    }

    @Override
    public Reloading reload(Visitor visitor) {
        return reloading;
    }
}
