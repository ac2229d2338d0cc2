// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.Settings;
import dev.hansard.core.masking.MaskingProgram;
import dev.hansard.core.masking.MaskingTools;
import dev.hansard.core.masking.ServiceMasking;
import dev.hansard.core.masking.rule.TokenKey;
import dev.hansard.http.content.LibraryCodings;
import dev.hansard.http.content.Re2jPatterns;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The masking of each service, put together from its settings. */
public final class ServiceMaskings {
    private static final ServiceName NO_SERVICE = new ServiceName("none");

    private ServiceMaskings() {}

    static MaskingProgram of(Settings settings, Secret key, LongSupplier nanos) {
        MaskingTools tools = tools(nanos);
        Map<ServiceName, ServiceMasking> services = new HashMap<>();
        for (Service service : settings.services()) {
            services.put(service.name(), new ServiceMasking(List.of(), false, TokenKey.of(key, service.name()), tools));
        }
        return new MaskingProgram(services, new ServiceMasking(List.of(), false, TokenKey.of(key, NO_SERVICE), tools));
    }

    /** What masking needs from outside. */
    public static MaskingTools tools(LongSupplier nanos) {
        return new MaskingTools(LibraryCodings.open(), Re2jPatterns.create(), nanos);
    }
}
