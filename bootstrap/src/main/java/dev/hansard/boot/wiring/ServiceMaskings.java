// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.masking.MaskingOfService;
import dev.hansard.core.masking.MaskingProgram;
import dev.hansard.core.masking.MaskingTools;
import dev.hansard.core.masking.ServiceMasking;
import dev.hansard.core.masking.rule.TokenKey;
import dev.hansard.http.content.LibraryCodings;
import dev.hansard.http.content.Re2jPatterns;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
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
                    written.rules(),
                    written.detectorsOnUnparsable(),
                    TokenKey.of(key, name),
                    tools,
                    memory.inspectedBytes(policy));
        }
    }

    /** What masking needs from outside. */
    public static MaskingTools tools(LongSupplier nanos) {
        return new MaskingTools(LibraryCodings.open(), Re2jPatterns.create(), nanos);
    }
}
