// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.credential.CredentialSettings;
import dev.hansard.boot.settings.identity.IdentitySettings;
import dev.hansard.boot.settings.identity.ProviderSettings;
import dev.hansard.boot.settings.identity.SignInSettings;
import dev.hansard.boot.settings.masking.MaskingOfService;
import dev.hansard.boot.settings.retention.RetentionSettings;
import dev.hansard.boot.settings.sinks.SinkSettings;
import dev.hansard.boot.settings.storage.StorageSettings;
import dev.hansard.boot.settings.yaml.Amounts;
import dev.hansard.core.credential.OnReflection;
import dev.hansard.core.identity.Roles;
import dev.hansard.core.usage.Quotas;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.value.AgentName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Settings as the keys and values of the contract: nested maps and lists of text, numbers and truth. */
final class SettingsTree {
    private SettingsTree() {}

    static Map<String, Object> of(Settings settings) {
        return tree(
                "version", 1,
                "listeners", named(settings.listeners(), ListenerSettings::name, SettingsTree::listener),
                "admin", admin(settings.admin()),
                "identity", identity(settings.identity()),
                "audit", tree("read-reason", settings.audit().needsReason() ? "required" : "optional"),
                "services",
                        named(
                                settings.services(),
                                service -> service.name().value(),
                                service -> service(service, settings)),
                "masking", MaskingTree.of(settings.masking()),
                "policies", PolicyTree.of(settings.policies()),
                "approvals", PolicyTree.of(settings.policies().people()),
                "decisions", PolicyTree.of(settings.policies().defaults()),
                "reload", word(settings.reload()),
                "retention", retention(settings.retention()),
                "storage", storage(settings.storage()),
                "ledger", ledger(settings.ledger()),
                "sinks", named(settings.sinks(), SinkSettings::name, SinkSettings::options),
                "agents",
                        named(
                                settings.agents().keySet().stream().sorted().toList(),
                                AgentName::value,
                                _ -> tree("token", "(hidden)")),
                "telemetry",
                        tree(
                                "log",
                                tree(
                                        "level", word(settings.log().level()),
                                        "format", word(settings.log().format()))));
    }

    private static Map<String, Object> admin(AdminSettings admin) {
        List<String> login = admin.login().stream().map(SignInSettings::name).toList();
        return tree(
                "address", admin.address().toString(),
                "public-url",
                        admin.publicUrl() == null ? null : admin.publicUrl().toString(),
                "login", login.isEmpty() ? null : login,
                "identity", names(admin.identity()),
                "session",
                        tree(
                                "idle", Amounts.print(admin.idle()),
                                "absolute", Amounts.print(admin.absolute())));
    }

    /** Keys and values in this order; a value that is null, or an empty map, is left out. */
    static Map<String, Object> tree(@Nullable Object... keysAndValues) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            Object value = keysAndValues[i + 1];
            if (value != null && !Map.of().equals(value) && keysAndValues[i] instanceof String key) {
                tree.put(key, value);
            }
        }
        return tree;
    }

    static <T> Map<String, Object> named(List<T> items, Function<T, String> name, Function<T, Object> tree) {
        Map<String, Object> named = new LinkedHashMap<>();
        items.forEach(item -> named.put(name.apply(item), tree.apply(item)));
        return named;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> listener(ListenerSettings listener) {
        ListenerSettings.Tls tls = listener.tls();
        ListenerSettings.Limits limits = listener.limits();
        ListenerSettings.Timeouts timeouts = listener.timeouts();
        return tree(
                "address", listener.address().toString(),
                "protocols", List.of("http/1.1"),
                "tls",
                        tls == null
                                ? null
                                : tree(
                                        "cert-file", tls.certFile().toString(),
                                        "key-file", tls.keyFile().toString(),
                                        "client-auth", word(tls.clientAuth()),
                                        "client-ca-file",
                                                tls.clientCaFile() == null
                                                        ? null
                                                        : tls.clientCaFile().toString()),
                "identity", names(listener.identity()),
                "trace-context", word(listener.traceContext()),
                "limits",
                        tree(
                                "header-bytes", Amounts.print((long) limits.headerBytes()),
                                "body-bytes", Amounts.print(limits.bodyBytes()),
                                "connections", limits.connections(),
                                "concurrency", limits.concurrency()),
                "timeouts",
                        tree(
                                "idle", Amounts.print(timeouts.idle()),
                                "request-head", Amounts.print(timeouts.requestHead()),
                                "min-rate", Amounts.print(timeouts.minBytesPerSecond()) + "/s"));
    }

    private static Map<String, Object> identity(IdentitySettings identity) {
        Map<String, Object> providers =
                new LinkedHashMap<>(named(identity.providers(), ProviderSettings::name, ProviderSettings::options));
        providers.putAll(named(identity.signIns(), SignInSettings::name, SignInSettings::options));
        return tree("providers", providers, "roles", roles(identity.roles()));
    }

    private static @Nullable List<String> names(List<ProviderSettings> chain) {
        return chain.isEmpty()
                ? null
                : chain.stream().map(ProviderSettings::name).toList();
    }

    private static Map<String, Object> roles(Roles roles) {
        return named(
                roles.given(),
                given -> given.role().word(),
                given -> tree("groups", given.groups(), "services", services(given.scope())));
    }

    private static @Nullable List<String> services(Scope scope) {
        return switch (scope) {
            case Scope.Everything _ -> null;
            case Scope.Only(var services) ->
                services.stream().map(ServiceName::value).sorted().toList();
        };
    }

    private static @Nullable List<String> callers(IdentitySettings identity, ServiceName service) {
        List<CallerPattern> patterns = identity.callers().get(service);
        return patterns == null
                ? null
                : patterns.stream().map(CallerPattern::text).toList();
    }

    private static Map<String, Object> service(Service service, Settings settings) {
        MaskingOfService masking = settings.masking().of(service.name());
        RecordPolicy recording = service.recording();
        return tree(
                "upstream", upstream(service),
                "via-agent", service.agent() == null ? null : service.agent().value(),
                "match", service.matches().stream().map(SettingsTree::match).toList(),
                "callers", callers(settings.identity(), service.name()),
                "identity-header", settings.identity().told().contains(service.name()),
                "credentials", credentials(settings.credentials(), service.name()),
                "on-reflection", reflection(settings.credentials(), service.name()),
                "limits", settings.limits().limitsTree(service.name()),
                "circuit", settings.limits().circuitTree(service.name()),
                "record",
                        tree(
                                "body-bytes", Amounts.print(recording.bodyBytes()),
                                "durability", word(recording.durability()),
                                "on-overload", word(recording.onOverload()),
                                "websocket", false),
                "masking", MaskingTree.of(masking),
                "retention", named(settings.retention().ofServices().get(service.name())),
                "labels", new TreeMap<String, Object>(service.labels()));
    }

    static Map<String, Object> upstream(Service service) {
        UpstreamTls tls = service.tls();
        AgentName agent = service.agent();
        boolean isUnwritten =
                agent != null && service.upstreams().equals(List.of(UpstreamAddress.behind(agent, service.name())));
        return tree(
                "urls",
                isUnwritten
                        ? null
                        : service.upstreams().stream()
                                .map(UpstreamAddress::toString)
                                .toList(),
                "balance",
                agent != null ? null : "round-robin",
                "tls",
                tree("ca-file", tls.caFile() == null ? null : tls.caFile().toString(), "server-name", tls.serverName()),
                "timeouts",
                tree(
                        "connect", Amounts.print(service.timeouts().connect()),
                        "response", Amounts.print(service.timeouts().response()),
                        "idle", Amounts.print(service.timeouts().idle())));
    }

    private static @Nullable List<Map<String, Object>> credentials(CredentialSettings all, ServiceName service) {
        List<Map<String, Object>> own = all.effective(service);
        return own.isEmpty() ? null : own;
    }

    private static @Nullable String reflection(CredentialSettings all, ServiceName service) {
        OnReflection usual = all.services().containsKey(service) ? OnReflection.BLOCK : null;
        OnReflection chosen = all.onReflection().getOrDefault(service, usual);
        return chosen == null ? null : word(chosen);
    }

    private static @Nullable String named(@Nullable RetentionClass retention) {
        return retention == null ? null : retention.value();
    }

    private static Map<String, Object> retention(RetentionSettings retention) {
        Map<String, Object> classes = new TreeMap<>();
        retention.classes().forEach((name, keep) -> classes.put(name.value(), Amounts.print(keep)));
        List<Map<String, Object>> rules = retention.rules().stream()
                .map(rule -> tree(
                        "when",
                        new LinkedHashMap<>(rule.when()),
                        "class",
                        rule.retention().value()))
                .toList();
        return tree(
                "default",
                Amounts.print(retention.usual()),
                "classes",
                classes,
                "rules",
                rules.isEmpty() ? null : rules,
                "metadata",
                retention.metadata() == null ? null : Amounts.print(retention.metadata()),
                "schedule",
                retention.schedule().toString(),
                "quota",
                quotas(retention.quotas()));
    }

    private static @Nullable Map<String, Object> quotas(Quotas quotas) {
        if (!quotas.isAny()) {
            return null;
        }
        Map<String, Object> services = new TreeMap<>();
        quotas.services().forEach((service, bytes) -> services.put(service.value(), Amounts.print(bytes.longValue())));
        Long usual = quotas.usual();
        return tree(
                "default",
                usual == null ? null : Amounts.print(usual.longValue()),
                "services",
                services,
                "alert-at",
                quotas.alertAt().stream().map(percent -> percent + "%").toList(),
                "when-full",
                quotas.whenFull().word());
    }

    private static Map<String, Object> match(Match match) {
        boolean everything = match.listener() == null && match.host() == null && match.pathPrefix() == null;
        return tree(
                "listener", match.listener(),
                "host", match.host(),
                "path-prefix", everything ? "/" : match.pathPrefix(),
                "strip-prefix", match.stripPrefix());
    }

    private static Map<String, Object> ledger(LedgerSettings ledger) {
        return tree(
                "checkpoint-every",
                Amounts.print(ledger.checkpointEvery()),
                "key-file",
                ledger.keyFile() == null ? null : ledger.keyFile().toString());
    }

    private static Map<String, Object> storage(StorageSettings storage) {
        StorageSettings.SpoolSettings spool = storage.spool();
        return tree(
                "data-dir", storage.dataDir().toString(),
                "catalog", storage.catalog().options(),
                "control", storage.control().options(),
                "payloads", storage.payloads().options(),
                "encryption",
                        storage.encryption() == null
                                ? null
                                : storage.encryption().options(),
                "spool",
                        tree(
                                "max", Amounts.print(spool.maxBytes()),
                                "group-commit", Amounts.print(spool.groupCommit()),
                                "reserve", Amounts.print(spool.reserveBytes()),
                                "seal-after", Amounts.print(spool.sealAfter())));
    }
}
