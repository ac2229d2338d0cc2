// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.credential.CredentialSettings;
import dev.hansard.boot.settings.identity.IdentitySettings;
import dev.hansard.boot.settings.limit.LimitSettings;
import dev.hansard.boot.settings.masking.MaskingSettings;
import dev.hansard.boot.settings.policy.PolicySettings;
import dev.hansard.boot.settings.retention.RetentionSettings;
import dev.hansard.boot.settings.sinks.SinkSettings;
import dev.hansard.boot.settings.storage.StorageSettings;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.value.AgentName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
import java.util.List;
import java.util.Map;

/**
 * A whole configuration, checked: every name in it refers to something, and nothing in it contradicts anything else.
 *
 * @param listeners at least one, with different names and addresses, in the order written
 * @param services at least one, with different names, in the order written
 * @param sinks who is told of what happens, in the order written
 * @param agents the token of each agent
 */
public record Settings(
        List<ListenerSettings> listeners,
        AdminSettings admin,
        IdentitySettings identity,
        AuditSettings audit,
        StorageSettings storage,
        LedgerSettings ledger,
        LogSettings log,
        List<Service> services,
        MaskingSettings masking,
        PolicySettings policies,
        Reload reload,
        RetentionSettings retention,
        CredentialSettings credentials,
        LimitSettings limits,
        List<SinkSettings> sinks,
        Map<AgentName, Secret> agents) {
    /** The name of the one service of {@link #forUpstream}. */
    public static final ServiceName DEFAULT_SERVICE = new ServiceName("default");

    public Settings {
        listeners = List.copyOf(listeners);
        services = List.copyOf(services);
        sinks = List.copyOf(sinks);
        agents = Map.copyOf(agents);
    }

    /** Without agents. */
    public Settings(
            List<ListenerSettings> listeners,
            AdminSettings admin,
            IdentitySettings identity,
            AuditSettings audit,
            StorageSettings storage,
            LedgerSettings ledger,
            LogSettings log,
            List<Service> services,
            MaskingSettings masking,
            PolicySettings policies,
            Reload reload,
            RetentionSettings retention,
            CredentialSettings credentials,
            LimitSettings limits,
            List<SinkSettings> sinks) {
        this(
                listeners,
                admin,
                identity,
                audit,
                storage,
                ledger,
                log,
                services,
                masking,
                policies,
                reload,
                retention,
                credentials,
                limits,
                sinks,
                Map.of());
    }

    /** What {@code serve --upstream URL} means: one service that gets every call, all else as if it was not written. */
    public static Settings forUpstream(UpstreamAddress upstream) {
        var service = new Service(
                DEFAULT_SERVICE,
                List.of(upstream),
                UpstreamTls.DEFAULT,
                UpstreamTimeouts.DEFAULT,
                List.of(Match.ANY),
                RecordPolicy.DEFAULT,
                RetentionClass.DEFAULT,
                Map.of());
        return new Settings(
                List.of(ListenerSettings.DEFAULT),
                AdminSettings.DEFAULT,
                IdentitySettings.DEFAULT,
                AuditSettings.DEFAULT,
                StorageSettings.DEFAULT,
                LedgerSettings.DEFAULT,
                LogSettings.DEFAULT,
                List.of(service),
                MaskingSettings.DEFAULT,
                PolicySettings.DEFAULT,
                Reload.WATCH,
                RetentionSettings.DEFAULT,
                CredentialSettings.NONE,
                LimitSettings.NONE,
                List.of());
    }

    /**
     * As {@link #forUpstream(UpstreamAddress)}, from the URL as the user wrote it.
     *
     * @throws dev.hansard.boot.settings.yaml.MisfitException when it is not an upstream URL
     */
    public static Settings forUpstream(String url) {
        return forUpstream(Targets.upstream(url));
    }
}
