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
import dev.hansard.core.approval.rule.People;
import dev.hansard.core.identity.Role;
import dev.hansard.core.identity.Roles;
import dev.hansard.core.policy.PathGlob;
import dev.hansard.core.policy.Policy;
import dev.hansard.core.policy.PolicyDefaults;
import dev.hansard.core.policy.TextGlob;
import dev.hansard.core.policy.When;
import dev.hansard.http.policy.CelCompiler;
import dev.hansard.idp.anonymous.AnonymousFactory;
import dev.hansard.idp.jwt.JwtProviderFactory;
import dev.hansard.idp.oidc.OidcFactory;
import dev.hansard.ports.approval.ApprovalTerms;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.policy.Action;
import dev.hansard.ports.policy.Expression;
import dev.hansard.ports.policy.ExpressionCompiler;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the demo's node would have in its file, if it had one. */
final class DemoSettings {
    /** What people sign in with. */
    static final String LOGIN = "people";

    /** How long a refund waits on its connection. */
    static final Duration HOLD = Duration.ofSeconds(60);

    private static final Duration EXPIRES = Duration.ofMinutes(15);
    private static final List<String> REVIEWERS = List.of("payments-leads", "platform-admins");

    private static final Roles ROLES = new Roles(List.of(
            given(Role.VIEWER, "developers"),
            given(Role.REVIEWER, "payments-leads"),
            given(Role.AUDITOR, "sec-audit"),
            given(Role.ADMIN, "platform-admins")));

    private DemoSettings() {}

    private static Roles.Given given(Role role, String group) {
        return new Roles.Given(role, List.of(group), Scope.EVERYTHING);
    }

    /**
     * What its parts are.
     *
     * @param issuer its address
     */
    record Cast(DemoServices services, String issuer, DemoBell bell) {}

    static Settings of(ListenAddress listen, ListenAddress admin, Path folder, Cast cast) {
        String issuer = cast.issuer();
        DemoServices services = cast.services();
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
                policies(),
                Reload.MANUAL,
                RetentionSettings.DEFAULT,
                CredentialSettings.NONE,
                LimitSettings.NONE,
                List.of(cast.bell().sink()));
    }

    /** As in docs/approvals.md: large refunds need somebody, and whoever owns their caller is not the one. */
    private static PolicySettings policies() {
        var refunds = new When(
                List.of(new TextGlob("payments")),
                Map.of(),
                List.of("POST"),
                List.of(PathGlob.of("/v1/refunds/**")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        var large = new Policy(
                "big-refunds",
                refunds,
                expression("request.json.amount > 1000"),
                Action.REQUIRE_APPROVAL,
                false,
                "Refunds above 1000 need somebody besides billing.",
                new ApprovalTerms(REVIEWERS, 1, HOLD, EXPIRES, null),
                "");
        var owner = new People.Owner(
                new CallerPattern(DemoCast.BILLING.id()), List.of(new CallerPattern(DemoCast.OWNER_OF_BILLING)));
        return new PolicySettings(
                List.of(large), PolicyDefaults.USUAL, new People(Set.of(), List.of(), List.of(owner)));
    }

    private static Expression expression(String text) {
        return switch (CelCompiler.create().compile(text)) {
            case ExpressionCompiler.Compiled(Expression compiled) -> compiled;
            case ExpressionCompiler.Rejected rejected -> throw new IllegalStateException(rejected.toString());
        };
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
