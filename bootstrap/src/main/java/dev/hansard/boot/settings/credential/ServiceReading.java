// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.credential;

import dev.hansard.boot.settings.credential.CredentialSettings.Configured;
import dev.hansard.core.credential.shape.Shape;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.spi.InvalidOptionException;
import dev.hansard.ports.value.ServiceName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is known of one service while its credentials are read. */
final class ServiceReading {
    private final ServiceName service;
    private final List<UpstreamAddress> upstreams;
    private final CertificateFiles certificates;
    private final List<Configured> configured = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private UpstreamTls tls;

    ServiceReading(
            ServiceName service, List<UpstreamAddress> upstreams, UpstreamTls tls, CertificateFiles certificates) {
        this.service = service;
        this.upstreams = upstreams;
        this.tls = tls;
        this.certificates = certificates;
    }

    ServiceName service() {
        return service;
    }

    UpstreamTls tls() {
        return tls;
    }

    CertificateFiles certificates() {
        return certificates;
    }

    List<Configured> configured() {
        return configured;
    }

    void add(Configured one) {
        configured.add(one);
    }

    boolean isEncrypted() {
        return upstreams.stream().allMatch(UpstreamAddress::tls);
    }

    /** Connects with a certificate from now on. */
    void connectWith(Path certFile, Path keyFile) {
        if (!isEncrypted()) {
            throw new InvalidOptionException(
                    CredentialKeys.TYPE, "is mtls, but the service's urls are not https; write https://");
        }
        if (tls.certFile() != null) {
            throw new InvalidOptionException(CredentialKeys.TYPE, "is mtls a second time; a connection has one");
        }
        tls = new UpstreamTls(tls.caFile(), tls.serverName(), certFile, keyFile);
    }

    /** Sees that no two credentials of the service are for the same place. */
    <S extends Shape> S claimed(S shape) {
        var all = new HashSet<>(shape.fieldNames());
        shape.queryNames().forEach(name -> all.add("?" + name));
        for (String name : all) {
            if (!taken.add(name)) {
                throw new InvalidOptionException(
                        CredentialKeys.TYPE,
                        "leads to '" + name + "', which another credential of the service sets; keep one of them");
            }
        }
        return shape;
    }
}
