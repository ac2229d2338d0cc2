// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.credential;

import dev.hansard.core.credential.CredentialSpec;
import dev.hansard.core.credential.OnReflection;
import dev.hansard.ports.credential.SecretSource;
import dev.hansard.ports.credential.TokenExchange;
import dev.hansard.ports.value.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What services put into requests.
 *
 * @param services those that have any, with the credentials in the order written
 * @param onReflection what happens to responses that repeat one; those not in it are blocked
 */
public record CredentialSettings(
        Map<ServiceName, List<Configured>> services, Map<ServiceName, OnReflection> onReflection) {
    public static final CredentialSettings NONE = new CredentialSettings(Map.of(), Map.of());

    public CredentialSettings {
        services = Map.copyOf(services);
        onReflection = Map.copyOf(onReflection);
    }

    /** One credential as it is written. */
    public sealed interface Configured {
        /** As the effective configuration shows it, without the value. */
        Map<String, Object> effective();
    }

    /** One that is the same for all callers. */
    public record Shared(CredentialSpec spec, SourceOpening source, Map<String, Object> effective)
            implements Configured {}

    /** One that each caller's own token is changed for. */
    public record PerCaller(CredentialSpec spec, ExchangeOpening exchange, Map<String, Object> effective)
            implements Configured {}

    /** A certificate that the connection is made with; the service's TLS has its files. */
    public record Certificate(String name, Map<String, Object> effective) implements Configured {}

    /** Makes a source; nothing is read before it is asked. */
    @FunctionalInterface
    public interface SourceOpening {
        SecretSource open(LongSupplier nanos);
    }

    /** Makes an exchange. */
    @FunctionalInterface
    public interface ExchangeOpening {
        TokenExchange open(LongSupplier nanos);
    }

    /** Those of a service as the effective configuration shows them. */
    public List<Map<String, Object>> effective(ServiceName service) {
        return services.getOrDefault(service, List.of()).stream()
                .map(Configured::effective)
                .toList();
    }
}
