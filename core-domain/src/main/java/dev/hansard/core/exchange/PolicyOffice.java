// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.policy.Policy;
import dev.hansard.core.policy.PolicyBook;
import dev.hansard.core.policy.PolicySet;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.policy.Explanation;
import dev.hansard.ports.policy.PolicyDesk;
import dev.hansard.ports.policy.Trial;
import dev.hansard.ports.value.ServiceName;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows and tries the policies in force to those who may see sessions: what a policy did stands in every session. Safe
 * for any number of threads.
 */
public final class PolicyOffice implements PolicyDesk {
    private final PolicyBook book;
    private final List<Service> services;
    private final Trials trials;
    private final Auditor auditor;

    public PolicyOffice(PolicyBook book, List<Service> services, Trials trials, Auditor auditor) {
        this.book = book;
        this.services = List.copyOf(services);
        this.trials = trials;
        this.auditor = auditor;
    }

    @Override
    public InForce inForce(Visitor visitor) {
        auditor.require(visitor, Permission.SEE_SESSIONS, "policies");
        Scope scope = visitor.access().scope(Permission.SEE_SESSIONS);
        PolicySet current = book.current();
        var counted = new ArrayList<Counted>();
        for (Policy policy : current.policies()) {
            List<String> its = services.stream()
                    .filter(service -> scope.contains(service.name()) && policy.isFor(service))
                    .map(service -> service.name().value())
                    .toList();
            if (!its.isEmpty() || scope instanceof Scope.Everything) {
                counted.add(counted(policy, its));
            }
        }
        return new InForce(
                current.version(),
                current.defaults().unmatched(),
                current.defaults().bodyBytes(),
                counted);
    }

    private Counted counted(Policy policy, List<String> its) {
        return new Counted(
                policy.name(),
                policy.action(),
                policy.observe(),
                its,
                policy.expression() == null ? "" : policy.expression().text(),
                policy.message(),
                policy.place(),
                book.applied(policy.name()),
                book.failed(policy.name()));
    }

    @Override
    public Explanation explain(Visitor visitor, Trial trial) {
        auditor.require(visitor, Permission.SEE_SESSIONS, "explain");
        Explanation explanation = trials.explain(trial);
        ServiceName service = explanation.service();
        Scope scope = visitor.access().scope(Permission.SEE_SESSIONS);
        // What is outside somebody's scope is not there.
        return service == null || scope.contains(service)
                ? explanation
                : Explanation.refused(null, "", Trials.NO_SERVICE);
    }
}
