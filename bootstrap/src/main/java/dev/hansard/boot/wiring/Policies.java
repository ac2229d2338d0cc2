// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.Settings;
import dev.hansard.core.policy.PolicySet;
import dev.hansard.http.policy.StrictJson;

/** The policies of a configuration, put together. */
public final class Policies {
    private Policies() {}

    public static PolicySet of(Settings settings) {
        return settings.policies().toSet(StrictJson.create(), settings.services());
    }
}
