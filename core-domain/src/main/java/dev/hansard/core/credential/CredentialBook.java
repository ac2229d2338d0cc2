// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential;

import dev.hansard.ports.value.ServiceName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The credentials of all services. Safe for any number of threads. */
public final class CredentialBook implements AutoCloseable {
    /** No service has any. */
    public static final CredentialBook NONE = new CredentialBook(Map.of());

    private final Map<ServiceName, ServiceCredentials> services;

    public CredentialBook(Map<ServiceName, ServiceCredentials> services) {
        this.services = Map.copyOf(services);
    }

    /** Those of a service; null when it has none. */
    public @Nullable ServiceCredentials of(ServiceName service) {
        return services.get(service);
    }

    /** All of them, by name. */
    List<HeldCredential> all() {
        return held().sorted(Comparator.comparing(one -> one.spec().name())).toList();
    }

    private Stream<HeldCredential> held() {
        return services.values().stream().flatMap(service -> service.held().stream());
    }

    /** Reads anew what is due. To be called about every second; it does not wait. */
    public void tick() {
        held().forEach(HeldCredential::tick);
    }

    @Override
    public void close() {
        held().forEach(HeldCredential::close);
    }
}
