// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.policy;

import dev.hansard.ports.identity.Visitor;
import java.util.List;

/**
 * Where the policies in force are looked at, and tried. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface PolicyDesk {
    /**
     * The policies that are in force for services that the visitor may see.
     *
     * @throws dev.hansard.ports.identity.NotAllowedException when the visitor may see none
     */
    InForce inForce(Visitor visitor);

    /**
     * What would become of a request; nothing is sent.
     *
     * @throws dev.hansard.ports.identity.NotAllowedException when the visitor may see no sessions; a service that it
     *     may not see is not there
     */
    Explanation explain(Visitor visitor, Trial trial);

    /**
     * The policies in force.
     *
     * @param version of all of them
     * @param unmatched what happens to a request that no policy is for
     * @param bodyBytes the longest content that is read for a policy
     * @since 0.1
     */
    record InForce(String version, Action unmatched, int bodyBytes, List<Counted> policies) {
        public InForce {
            policies = List.copyOf(policies);
        }
    }

    /**
     * One policy.
     *
     * @param services the services that it is for
     * @param expression what it asks; empty when it asks nothing
     * @param message what the caller is told
     * @param place where it is written, as file:line:column
     * @param applied how often it applied since the start or, if it observes, would have
     * @param failed how often it could not be decided on
     * @since 0.1
     */
    record Counted(
            String name,
            Action action,
            boolean observe,
            List<String> services,
            String expression,
            String message,
            String place,
            long applied,
            long failed) {
        public Counted {
            services = List.copyOf(services);
        }
    }
}
