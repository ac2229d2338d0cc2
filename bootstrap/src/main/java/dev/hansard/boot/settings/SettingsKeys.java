// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.credential.CredentialKeys;
import dev.hansard.boot.settings.identity.IdentityKeys;
import dev.hansard.boot.settings.limit.LimitKeys;
import dev.hansard.boot.settings.masking.MaskingKeys;
import dev.hansard.boot.settings.policy.PolicyKeys;
import dev.hansard.boot.settings.retention.RetentionKeys;
import dev.hansard.boot.settings.sinks.SinkKeys;
import dev.hansard.boot.settings.storage.StorageKeys;
import dev.hansard.boot.settings.yaml.Keys;
import java.util.List;
import java.util.Map;

/**
 * Every key of the configuration contract. The JSON Schema describes the available ones, and a test holds the two
 * together.
 */
final class SettingsKeys {
    private static final String TRACING = "tracing";

    static final Keys ROOT = Keys.of(
            "",
            "version",
            "include",
            "listeners",
            "admin",
            "identity",
            "audit",
            "approvals",
            "services",
            "masking",
            "policies",
            "decisions",
            "reload",
            "retention",
            "storage",
            "ledger",
            "sinks",
            "agents",
            "telemetry");

    /** A file that another one includes. */
    static final Keys INCLUDED = Keys.of("(include)", "services", "masking", "policies");

    static final Keys LISTENER =
            Keys.of("listeners.*", "address", "protocols", "tls", "identity", "trace-context", "limits", "timeouts");
    static final Keys LISTENER_TLS =
            Keys.of("listeners.*.tls", "cert-file", "key-file", "client-auth", "client-ca-file");
    static final Keys LISTENER_LIMITS =
            Keys.of("listeners.*.limits", "header-bytes", "body-bytes", "connections", "concurrency");
    static final Keys LISTENER_TIMEOUTS = Keys.of("listeners.*.timeouts", "idle", "request-head", "min-rate");

    static final Keys ADMIN = Keys.of("admin", "address", "identity", "public-url", "login", "session");
    static final Keys ADMIN_SESSION = Keys.of("admin.session", "idle", "absolute");
    static final Keys AUDIT = Keys.of("audit", "read-reason");

    static final Keys SERVICE = Keys.of(
                    "services.*",
                    "upstream",
                    "via-agent",
                    "match",
                    "callers",
                    "identity-header",
                    CredentialKeys.CREDENTIALS,
                    CredentialKeys.ON_REFLECTION,
                    LimitKeys.LIMITS_OF_SERVICE,
                    LimitKeys.CIRCUIT_OF_SERVICE,
                    "record",
                    "masking",
                    "retention",
                    "labels")
            .notYet(Map.of(
                    "search-keys", "search by key",
                    "replay", "replay"));
    static final Keys UPSTREAM = Keys.of("services.*.upstream", "url", "urls", "balance", "tls", "timeouts")
            .notYet(Map.of("health", "the health check of upstreams"));
    static final Keys UPSTREAM_TLS = Keys.of("services.*.upstream.tls", "ca-file", "server-name");
    static final Keys UPSTREAM_TIMEOUTS = Keys.of("services.*.upstream.timeouts", "connect", "response", "idle");
    static final Keys MATCH = Keys.of("services.*.match[]", "listener", "host", "path-prefix", "strip-prefix");
    static final Keys RECORD = Keys.of("services.*.record", "body-bytes", "durability", "on-overload", "websocket");

    /** One agent, as its gateway knows it. */
    static final Keys AGENT = Keys.of("agents.*", "token");

    /** The configuration of an agent, and a service in it. */
    static final Keys AGENT_ROOT = Keys.of("(agent)", "version", "services", "telemetry");

    static final Keys AGENT_SERVICE =
            Keys.of("(agent).services.*", "upstream", CredentialKeys.CREDENTIALS, CredentialKeys.ON_REFLECTION);

    static final Keys LEDGER = Keys.of("ledger", "checkpoint-every", "key-file")
            .notYet(Map.of("publish", "the sending of checkpoints to sinks"));

    static final Keys TELEMETRY =
            Keys.of("telemetry", "log").notYet(Map.of("metrics", "the settings of metrics", "traces", TRACING));
    static final Keys LOG = Keys.of("telemetry.log", "level", "format");

    /** All of them. */
    static final List<Keys> ALL = List.of(
            ROOT,
            LISTENER,
            LISTENER_TLS,
            LISTENER_LIMITS,
            LISTENER_TIMEOUTS,
            ADMIN,
            ADMIN_SESSION,
            AUDIT,
            IdentityKeys.IDENTITY,
            IdentityKeys.ROLE,
            SERVICE,
            UPSTREAM,
            UPSTREAM_TLS,
            UPSTREAM_TIMEOUTS,
            MATCH,
            RECORD,
            LimitKeys.LIMITS,
            LimitKeys.LIMIT,
            LimitKeys.CIRCUIT,
            MaskingKeys.SERVICE,
            MaskingKeys.MASKING,
            MaskingKeys.RULE,
            PolicyKeys.POLICY,
            PolicyKeys.APPROVAL,
            PolicyKeys.APPROVALS,
            PolicyKeys.WHEN,
            PolicyKeys.DECISIONS,
            RetentionKeys.RETENTION,
            RetentionKeys.QUOTA,
            RetentionKeys.RULE,
            RetentionKeys.WHEN,
            SinkKeys.SINK,
            AGENT,
            StorageKeys.STORAGE,
            StorageKeys.SPOOL,
            LEDGER,
            TELEMETRY,
            LOG);

    private SettingsKeys() {}
}
