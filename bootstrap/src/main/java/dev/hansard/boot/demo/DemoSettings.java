// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import dev.hansard.boot.settings.AdminSettings;
import dev.hansard.boot.settings.AuditSettings;
import dev.hansard.boot.settings.LedgerSettings;
import dev.hansard.boot.settings.ListenAddress;
import dev.hansard.boot.settings.ListenerSettings;
import dev.hansard.boot.settings.LogSettings;
import dev.hansard.boot.settings.Reload;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.credential.CredentialSettings;
import dev.hansard.boot.settings.identity.IdentitySettings;
import dev.hansard.boot.settings.identity.ProviderSettings;
import dev.hansard.boot.settings.identity.SignInSettings;
import dev.hansard.boot.settings.limit.LimitSettings;
import dev.hansard.boot.settings.masking.MaskingSettings;
import dev.hansard.boot.settings.policy.PolicySettings;
import dev.hansard.boot.settings.retention.RetentionSettings;
import dev.hansard.boot.settings.storage.StorageSettings;
import dev.hansard.core.identity.Role;
import dev.hansard.core.identity.Roles;
import dev.hansard.idp.anonymous.AnonymousFactory;
import dev.hansard.idp.jwt.JwtProviderFactory;
import dev.hansard.idp.oidc.OidcFactory;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the demo's node would have in its file, if it had one. */
final class DemoSettings {
    /** What people sign in with. */
    static final String LOGIN = "people";

    private static final Roles ROLES = new Roles(List.of(
            given(Role.VIEWER, "developers"),
            given(Role.REVIEWER, "payments-leads"),
            given(Role.AUDITOR, "sec-audit"),
            given(Role.ADMIN, "platform-admins")));

    private DemoSettings() {}

    private static Roles.Given given(Role role, String group) {
        return new Roles.Given(role, List.of(group), Scope.EVERYTHING);
    }

    static Settings of(ListenAddress listen, ListenAddress admin, Path folder, DemoServices services, String issuer) {
        var callers = ProviderSettings.of(
                "demo", new JwtProviderFactory(), Map.of("issuer", issuer, "audience", DemoIssuer.AUDIENCE));
        // Last, so that a first call is a plain curl. Who shows a bad token is refused all the same.
        var anyone = ProviderSettings.of("anyone", new AnonymousFactory(), Map.of());
        List<ProviderSettings> chain = List.of(callers, anyone);
        return new Settings(
                List.of(listener(listen, chain)),
                admin(admin, issuer, callers),
                new IdentitySettings(chain, List.of(), Map.of(), Set.of(), ROLES),
                AuditSettings.DEFAULT,
                StorageSettings.DEFAULT.in(folder),
                LedgerSettings.DEFAULT,
                LogSettings.DEFAULT,
                List.of(service("payments", services.paymentsPort()), service("search", services.searchPort())),
                MaskingSettings.DEFAULT,
                PolicySettings.DEFAULT,
                Reload.MANUAL,
                RetentionSettings.DEFAULT,
                CredentialSettings.NONE,
                LimitSettings.NONE,
                List.of());
    }

    private static AdminSettings admin(ListenAddress admin, String issuer, ProviderSettings services) {
        var people = SignInSettings.of(
                LOGIN,
                new OidcFactory(),
                Map.of(
                        "issuer",
                        issuer,
                        "client-id",
                        DemoCast.CONSOLE.id(),
                        "client-secret",
                        DemoCast.CONSOLE.secret(),
                        "device",
                        "true"));
        AdminSettings usual = AdminSettings.at(admin);
        return new AdminSettings(
                usual.address(), List.of(services), List.of(people), null, usual.idle(), usual.absolute());
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
