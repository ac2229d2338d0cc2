// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.identity;

import dev.hansard.core.identity.Roles;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.value.ServiceName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may call.
 *
 * @param providers all that can be named, in the order written
 * @param signIns all that people can sign in with in a browser, in the order written
 * @param callers for each service that lists its callers, the list
 * @param told the services whose targets are told who calls
 * @param roles who may do what on the admin plane
 */
public record IdentitySettings(
        List<ProviderSettings> providers,
        List<SignInSettings> signIns,
        Map<ServiceName, List<CallerPattern>> callers,
        Set<ServiceName> told,
        Roles roles) {
    public static final IdentitySettings DEFAULT =
            new IdentitySettings(List.of(), List.of(), Map.of(), Set.of(), Roles.NONE);

    public IdentitySettings {
        providers = List.copyOf(providers);
        signIns = List.copyOf(signIns);
        var copy = new LinkedHashMap<ServiceName, List<CallerPattern>>();
        callers.forEach((service, patterns) -> copy.put(service, List.copyOf(patterns)));
        callers = Map.copyOf(copy);
        told = Set.copyOf(told);
    }
}
