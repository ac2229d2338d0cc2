// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture;

import java.util.List;
import java.util.Set;

/**
 * One Maven module with its package and what it may use. The features are all the packages that exist; {@link RingTest}
 * compares them with the compiled classes, because a rule about a package that does not exist passes in silence.
 */
@SuppressWarnings("ImmutableEnumChecker") // All are made by Set.of and List.of.
enum Ring {
    PORTS(
            "ports",
            "ports",
            Set.of(
                    "agent",
                    "approval",
                    "audit",
                    "config",
                    "credential",
                    "crypt",
                    "exchange",
                    "health",
                    "identity",
                    "lease",
                    "ledger",
                    "masking",
                    "notify",
                    "policy",
                    "recovery",
                    "retention",
                    "search",
                    "session",
                    "spi",
                    "usage",
                    "value"),
            List.of()),
    CORE(
            "core-domain",
            "core",
            Set.of(
                    "agent",
                    "approval",
                    "audit",
                    "circuit",
                    "config",
                    "credential",
                    "exchange",
                    "id",
                    "identity",
                    "lease",
                    "ledger",
                    "limit",
                    "masking",
                    "notify",
                    "policy",
                    "recovery",
                    "retention",
                    "search",
                    "session",
                    "text",
                    "usage"),
            List.of()),
    HTTP(
            "adapters-http",
            "http",
            Set.of(
                    "admin",
                    "agent",
                    "content",
                    "deadline",
                    "policy",
                    "problem",
                    "proxy",
                    "tls",
                    "upstream",
                    "webhook",
                    "wire"),
            List.of(
                    "io.helidon..",
                    "com.fasterxml.jackson..",
                    "com.google.re2j..",
                    "dev.cel..",
                    "com.github.luben.zstd..",
                    "org.brotli.dec..",
                    "javax.crypto..",
                    "javax.net.ssl..",
                    "javax.security.auth..")),
    STORAGE(
            "adapters-storage",
            "storage",
            Set.of(
                    "catalog",
                    "control",
                    "crypt",
                    "kek",
                    "payload",
                    "postgresql",
                    "s3",
                    "spool",
                    "tables",
                    "tokens",
                    "vault"),
            List.of(
                    "org.jdbi..",
                    "io.minio..",
                    "okhttp3..",
                    "com.github.benmanes..",
                    "com.github.luben.zstd..",
                    "org.h2..",
                    "com.zaxxer..",
                    "org.postgresql..",
                    "javax.crypto..",
                    "javax.sql..")),
    IDENTITY(
            "adapters-identity",
            "idp",
            Set.of("anonymous", "apikey", "credential", "jose", "jwt", "mtls", "oidc", "saml", "statement", "xml"),
            List.of(
                    "io.helidon.security..",
                    "io.helidon.webclient..",
                    "io.helidon.http..",
                    "io.helidon.common..",
                    "jakarta.json..",
                    "com.nimbusds..",
                    "com.fasterxml.jackson..",
                    "com.github.benmanes..",
                    "javax.crypto..",
                    "javax.net.ssl..",
                    "javax.naming..",
                    "javax.security.auth..",
                    "javax.xml..",
                    "org.w3c.dom..",
                    "org.xml.sax..")),
    BOOT(
            "bootstrap",
            "boot",
            Set.of("cli", "demo", "log", "plugins", "recovery", "settings", "text", "wiring"),
            List.of(
                    "picocli..",
                    "org.snakeyaml.engine..",
                    "com.fasterxml.jackson..",
                    "com.networknt.schema..",
                    "me.tongfei.progressbar..",
                    "org.slf4j..",
                    "ch.qos.logback..",
                    "javax.net.ssl.."));

    static final List<Ring> ALL = List.of(values());

    /** The rings without the outside. */
    static final List<Ring> INNER = List.of(PORTS, CORE);

    /** The rings between the core and the outside. */
    static final List<Ring> ADAPTERS = List.of(HTTP, STORAGE, IDENTITY);

    /** Modules without a class so far. {@link RingTest} fails once one of them has a package. */
    static final Set<Ring> EMPTY = Set.of();

    final String module;
    final String packageName;
    final Set<String> features;

    /** Package patterns of the libraries that only this ring and others that name them may use. */
    final List<String> libraries;

    Ring(String module, String packageName, Set<String> features, List<String> libraries) {
        this.module = module;
        this.packageName = packageName;
        this.features = features;
        this.libraries = libraries;
    }

    boolean isEmpty() {
        return EMPTY.contains(this);
    }
}
