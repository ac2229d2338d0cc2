// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.ports.identity.Caller;
import java.util.List;

/** One identity provider as configured. */
public sealed interface ProviderSettings {
    String name();

    /** The caller that it names when it has nothing to look at. */
    Caller caller();

    /** Takes every caller for the same one. */
    record Anonymous(String name, String subject) implements ProviderSettings {
        @Override
        public Caller caller() {
            return new Caller(name, subject, List.of());
        }
    }
}
