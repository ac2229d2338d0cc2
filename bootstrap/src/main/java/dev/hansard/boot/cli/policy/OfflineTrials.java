// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.policy;

import dev.hansard.boot.settings.Settings;
import dev.hansard.core.approval.Holding;
import dev.hansard.core.exchange.CallRules;
import dev.hansard.core.exchange.FieldRules;
import dev.hansard.core.exchange.Trials;
import dev.hansard.core.identity.AllowedCallers;
import dev.hansard.core.policy.PolicyBook;
import dev.hansard.core.policy.PolicySet;
import dev.hansard.http.policy.StrictJson;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;

/** What a node with some configuration would decide, without a node. */
final class OfflineTrials {
    private OfflineTrials() {}

    static Trials of(Settings settings) {
        // The ids of traces are made by chance; nobody looks at them here.
        var fields = new FieldRules(Set.of(), new Random(0));
        return new Trials(
                settings.services(),
                new AllowedCallers(settings.identity().callers()),
                new CallRules(fields, new PolicyBook(policies(settings)), Holding.CLOSED),
                InstantSource.system(),
                settings.listeners().getFirst().name());
    }

    static PolicySet policies(Settings settings) {
        return settings.policies().toSet(StrictJson.create(), settings.services());
    }
}
