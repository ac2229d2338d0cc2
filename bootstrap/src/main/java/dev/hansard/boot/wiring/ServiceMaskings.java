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
    static MaskingProgram of(Settings settings, Secret madeKey, LongSupplier nanos) {
        Secret configured = settings.masking().tokenKey();
        Secret key = configured == null ? madeKey : configured;
        MaskingTools tools = tools(nanos);
        Map<ServiceName, ServiceMasking> services = settings.services().stream()
                .map(Service::name)
                .collect(Collectors.toMap(name -> name, name -> of(settings, name, key, tools)));
        return new MaskingProgram(services, of(settings, NO_SERVICE, key, tools));
    }

    private static ServiceMasking of(Settings settings, ServiceName name, Secret key, MaskingTools tools) {
        MaskingOfService written = settings.masking().of(name);
        return new ServiceMasking(written.rules(), written.detectorsOnUnparsable(), TokenKey.of(key, name), tools);
    }

    /** What masking needs from outside. */
    public static MaskingTools tools(LongSupplier nanos) {
        return new MaskingTools(LibraryCodings.open(), Re2jPatterns.create(), nanos);
    }
}
