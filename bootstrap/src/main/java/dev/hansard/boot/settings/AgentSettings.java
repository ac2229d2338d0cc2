// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.credential.CredentialSettings;
import dev.hansard.boot.settings.yaml.Problem;
import dev.hansard.ports.exchange.Service;
import java.util.List;

/**
 * The configuration of an agent, checked.
 *
 * @param services those behind it, with different names; at least one
 * @param warnings what is doubtful in it
 */
public record AgentSettings(
        List<Service> services, CredentialSettings credentials, LogSettings log, List<Problem> warnings) {
    public AgentSettings {
        services = List.copyOf(services);
        warnings = List.copyOf(warnings);
    }
}
