// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.masking.MaskingOfService;
import dev.hansard.core.masking.HeadMasking;
import dev.hansard.core.masking.MaskingProgram;
import dev.hansard.core.masking.MaskingTools;
import dev.hansard.core.masking.ServiceMasking;
import dev.hansard.core.masking.rule.BuiltInRules;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.TokenKey;
import dev.hansard.http.content.LibraryCodings;
import dev.hansard.http.content.Re2jPatterns;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The masking of each service, put together from the settings. */
public final class ServiceMaskings {
    /** Whose masking calls have that are refused before their service is known. */
    private static final ServiceName NO_SERVICE = new ServiceName("none");

    private ServiceMaskings() {}

    /** With a key that was made, for when none is configured. */
    static MaskingProgram of(Settings settings, Secret madeKey, NodeMemory memory, LongSupplier nanos) {
        Secret configured = settings.masking().tokenKey();
        var parts = new Parts(settings, configured == null ? madeKey : configured, memory, tools(nanos));
        Map<ServiceName, ServiceMasking> services = settings.services().stream()
                .collect(Collectors.toMap(Service::name, service -> parts.of(service.name(), service.recording())));
        return new MaskingProgram(services, parts.of(NO_SERVICE, RecordPolicy.DEFAULT));
    }

    /** What the masking of all services has in common. */
    private record Parts(Settings settings, Secret key, NodeMemory memory, MaskingTools tools) {
        ServiceMasking of(ServiceName name, RecordPolicy policy) {
            MaskingOfService written = settings.masking().of(name);
            return new ServiceMasking(
                    rules(written),
                    written.detectorsOnUnparsable(),
                    TokenKey.of(key, name),
                    tools,
                    memory.inspectedBytes(policy));
        }

        /** Before those of the user, since the first rule that has a name wins it. */
        private List<MaskRule> rules(MaskingOfService written) {
            List<MaskRule> rules = new ArrayList<>(BuiltInRules.ofCredentials(settings.identity().providers().stream()
                    .flatMap(provider -> provider.source().credentialFields().stream())
                    .filter(field -> !HeadMasking.isAlwaysHidden(field))
                    .distinct()
                    .sorted()
                    .toList()));
            rules.addAll(written.rules());
            return rules;
        }
    }

    /** What masking needs from outside. */
    public static MaskingTools tools(LongSupplier nanos) {
        return new MaskingTools(LibraryCodings.open(), Re2jPatterns.create(), nanos);
    }
}
