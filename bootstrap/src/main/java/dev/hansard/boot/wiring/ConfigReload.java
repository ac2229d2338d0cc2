// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.Loading;
import dev.hansard.boot.settings.WrittenConfig;
import dev.hansard.boot.settings.yaml.Problem;
import dev.hansard.boot.settings.yaml.Problem.Severity;
import dev.hansard.core.policy.PolicyBook;
import dev.hansard.core.policy.PolicySet;
import dev.hansard.http.policy.StrictJson;
import dev.hansard.ports.config.ConfigSource;
import dev.hansard.ports.config.Reloading;
import dev.hansard.ports.config.Reloading.Remark;
import dev.hansard.ports.exchange.Service;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts what the configuration says now in force, as far as that goes while the node runs: the policies, all of them at
 * once. A call that is under way keeps those that it began with.
 */
final class ConfigReload implements ConfigSource {
    private static final System.Logger LOG = System.getLogger(ConfigReload.class.getName());

    private final WrittenConfig written;
    private final List<Service> services;
    private final PolicyBook policies;
    private final ReentrantLock lock = new ReentrantLock();

    /** @param services those that the node runs with */
    ConfigReload(WrittenConfig written, List<Service> services, PolicyBook policies) {
        this.written = written;
        this.services = List.copyOf(services);
        this.policies = policies;
    }

    @Override
    public Reloading apply() {
        lock.lock();
        try {
            return switch (written.load()) {
                case Loading.Loaded loaded -> applied(loaded);
                case Loading.Rejected rejected -> kept(rejected);
            };
        } finally {
            lock.unlock();
        }
    }

    private Reloading applied(Loading.Loaded loaded) {
        PolicySet next = loaded.settings().policies().toSet(StrictJson.create(), services);
        boolean isOther = !next.version().equals(policies.current().version());
        policies.replace(next);
        List<String> needRestart = written.needRestart(loaded);
        LOG.log(
                System.Logger.Level.INFO,
                "The configuration was read again: policies {0} in force{1}{2}",
                next.version(),
                isOther ? "" : " as before",
                needRestart.isEmpty() ? "" : ", a restart is needed for " + String.join(", ", needRestart));
        return new Reloading.Applied(
                next.version(), isOther ? List.of("policies") : List.of(), needRestart, remarks(loaded.warnings()));
    }

    private Reloading kept(Loading.Rejected rejected) {
        for (Problem problem : rejected.problems()) {
            LOG.log(
                    problem.severity() == Severity.ERROR ? System.Logger.Level.ERROR : System.Logger.Level.WARNING,
                    "{0}",
                    problem);
        }
        LOG.log(System.Logger.Level.ERROR, "The configuration is wrong: the last good one stays in force");
        return new Reloading.Kept(remarks(rejected.problems()));
    }

    private static List<Remark> remarks(List<Problem> problems) {
        return problems.stream()
                .map(problem -> new Remark(
                        problem.at().toString(),
                        problem.severity() == Severity.ERROR,
                        problem.message(),
                        problem.hint()))
                .toList();
    }

    /** Differs when the files do. */
    String fingerprint() {
        lock.lock();
        try {
            return written.fingerprint();
        } finally {
            lock.unlock();
        }
    }
}
