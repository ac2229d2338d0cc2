// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.Reload;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.WrittenConfig;
import dev.hansard.core.approval.Holding;
import dev.hansard.core.audit.Auditor;
import dev.hansard.core.config.ConfigOffice;
import dev.hansard.core.exchange.CallRules;
import dev.hansard.core.exchange.FieldRules;
import dev.hansard.core.exchange.PolicyOffice;
import dev.hansard.core.exchange.Trials;
import dev.hansard.core.identity.AllowedCallers;
import dev.hansard.core.policy.PolicyBook;
import dev.hansard.ports.config.ConfigSource;
import dev.hansard.ports.policy.PolicyDesk;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can change while a node runs, and what changes it. */
final class Reloads implements AutoCloseable {
    private final PolicyBook policies;
    private final @Nullable ConfigReload reload;
    private final ConfigOffice office;
    private final Deque<AutoCloseable> watches = new ArrayDeque<>();

    private Reloads(PolicyBook policies, @Nullable ConfigReload reload, ConfigOffice office) {
        this.policies = policies;
        this.reload = reload;
        this.office = office;
    }

    /** @param written where the settings can be read again; null for nowhere */
    static Reloads of(Settings settings, @Nullable WrittenConfig written, Auditor auditor) {
        var policies = new PolicyBook(Policies.of(settings));
        ConfigReload reload = written == null ? null : new ConfigReload(written, settings.services(), policies);
        return new Reloads(policies, reload, new ConfigOffice(reload == null ? ConfigSource.NONE : reload, auditor));
    }

    PolicyBook policies() {
        return policies;
    }

    ConfigOffice office() {
        return office;
    }

    PolicyDesk policyDesk(Settings settings, Auditor auditor, NodeClock clock) {
        var rules = new CallRules(new FieldRules(Set.of(), clock.random()), policies, Holding.CLOSED);
        var allowed = new AllowedCallers(settings.identity().callers());
        var trials = new Trials(
                settings.services(),
                allowed,
                rules,
                clock.wall(),
                settings.listeners().getFirst().name());
        return new PolicyOffice(policies, settings.services(), trials, auditor);
    }

    /** From here on signals and, if wanted, changes of the files have the configuration read again. */
    void watch(Reload when) {
        if (reload == null) {
            return;
        }
        watches.push(HangUp.reloads(office, Thread::startVirtualThread));
        if (when == Reload.WATCH) {
            watches.push(new ConfigWatch(office, reload::fingerprint).start());
        }
    }

    @Override
    public void close() {
        while (!watches.isEmpty()) {
            Node.close(watches.pop());
        }
    }
}
