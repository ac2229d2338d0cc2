// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import dev.hansard.boot.settings.AdminSettings;
import dev.hansard.boot.settings.AuditSettings;
import dev.hansard.boot.settings.ListenAddress;
import dev.hansard.boot.settings.ListenerSettings;
import dev.hansard.boot.settings.LogSettings;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.identity.IdentitySettings;
import dev.hansard.boot.settings.identity.ProviderSettings;
import dev.hansard.boot.settings.masking.MaskingSettings;
import dev.hansard.boot.settings.retention.RetentionSettings;
import dev.hansard.boot.settings.storage.StorageSettings;
import dev.hansard.core.identity.Roles;
import dev.hansard.idp.anonymous.AnonymousFactory;
import dev.hansard.idp.jwt.JwtProviderFactory;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the demo's node would have in its file, if it had one. */
final class DemoSettings {
    private DemoSettings() {}

    static Settings of(ListenAddress listen, ListenAddress admin, Path folder, DemoServices services, String issuer) {
        var callers = ProviderSettings.of(
                "demo", new JwtProviderFactory(), Map.of("issuer", issuer, "audience", DemoIssuer.AUDIENCE));
        // Last, so that a first call is a plain curl. Who shows a bad token is refused all the same.
        var anyone = ProviderSettings.of("anyone", new AnonymousFactory(), Map.of());
        List<ProviderSettings> chain = List.of(callers, anyone);
        return new Settings(
                List.of(listener(listen, chain)),
                AdminSettings.at(admin),
                new IdentitySettings(chain, List.of(), Map.of(), Set.of(), Roles.NONE),
                AuditSettings.DEFAULT,
                StorageSettings.DEFAULT.in(folder),
                LogSettings.DEFAULT,
                List.of(service("payments", services.paymentsPort()), service("search", services.searchPort())),
                MaskingSettings.DEFAULT,
                RetentionSettings.DEFAULT);
    }

    private static ListenerSettings listener(ListenAddress listen, List<ProviderSettings> chain) {
        ListenerSettings usual = ListenerSettings.DEFAULT;
        return new ListenerSettings(
                usual.name(), listen, null, chain, usual.traceContext(), usual.limits(), usual.timeouts());
    }

    private static Service service(String name, int port) {
        return new Service(
                new ServiceName(name),
                List.of(new UpstreamAddress(false, "127.0.0.1", port)),
                UpstreamTls.DEFAULT,
                UpstreamTimeouts.DEFAULT,
                List.of(new Match(null, null, "/" + name, true)),
                RecordPolicy.DEFAULT,
                RetentionClass.DEFAULT,
                Map.of());
    }
}
