// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.policy;

import dev.hansard.core.approval.rule.People;
import dev.hansard.core.policy.Policy;
import dev.hansard.core.policy.PolicyDefaults;
import dev.hansard.core.policy.PolicySet;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.policy.BodyReader;
import java.util.List;

/**
 * What may pass.
 *
 * @param policies in the order written
 * @param people who is who among those who are asked for approvals
 */
public record PolicySettings(List<Policy> policies, PolicyDefaults defaults, People people) {
    public static final PolicySettings DEFAULT = new PolicySettings(List.of(), PolicyDefaults.USUAL, People.UNKNOWN);

    public PolicySettings {
        policies = List.copyOf(policies);
    }

    /** What the core decides by. */
    public PolicySet toSet(BodyReader reader, List<Service> services) {
        return PolicySet.of(policies, defaults, reader, services);
    }
}
