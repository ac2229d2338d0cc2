// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.credential;

import dev.hansard.boot.settings.credential.CredentialSettings.Certificate;
import dev.hansard.boot.settings.credential.CredentialSettings.Configured;
import dev.hansard.boot.settings.credential.CredentialSettings.PerCaller;
import dev.hansard.boot.settings.credential.CredentialSettings.Shared;
import dev.hansard.boot.settings.credential.CredentialSettings.SourceOpening;
import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.boot.settings.yaml.TreeOptions;
import dev.hansard.core.credential.CredentialSpec;
import dev.hansard.core.credential.shape.Shape;
import dev.hansard.idp.credential.OutgoingSecrets;
import dev.hansard.ports.credential.SecretSource;
import dev.hansard.ports.spi.InvalidOptionException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The types of credentials, and what each may have. */
final class CredentialTypes {
    static final List<String> ALL = List.of(
            "header", "basic", "bearer", "query", "oauth2-client-credentials", "token-exchange", "mtls", "aws-sigv4");

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

    // Those that frame a message, belong to one connection or are the proxy's own.
    private static final Set<String> NOT_OURS_TO_SET = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "max-forwards",
            "via",
            "forwarded",
            "traceparent",
            "tracestate",
            "accept-encoding",
            "content-type",
            "content-encoding");

    private final SecretReader secrets;

    CredentialTypes(SecretReader secrets) {
        this.secrets = secrets;
    }

    Configured read(String type, String name, TreeOptions options, ServiceReading service) {
        return switch (type) {
            case "header" -> header(name, options, service);
            case "basic" -> {
                var shape = service.claimed(new Shape.Basic(username(options)));
                yield shared(name, type, shape, secrets.encodedValue(options, "password"), options, service);
            }
            case "bearer" ->
                shared(
                        name,
                        type,
                        service.claimed(Shape.Header.bearer()),
                        secrets.fieldValue(options, "token"),
                        options,
                        service);
            case "query" -> {
                var shape = service.claimed(new Shape.Query(options.text("name")));
                yield shared(name, type, shape, secrets.encodedValue(options, "value"), options, service);
            }
            case "oauth2-client-credentials" -> clientCredentials(name, type, options, service);
            case "token-exchange" -> exchange(name, type, options, service);
            case "mtls" -> certificate(name, options, service);
            case "aws-sigv4" -> aws(name, type, options, service);
            default -> throw new IllegalStateException("type '" + type + "' is in the list, but not known");
        };
    }

    private Configured header(String name, TreeOptions options, ServiceReading service) {
        String field = options.text("name");
        String lower = field.toLowerCase(Locale.ROOT);
        boolean isToken = field.matches("[A-Za-z0-9!#$%&'*+.^`|~-]{1,128}");
        if (!isToken || NOT_OURS_TO_SET.contains(lower) || lower.startsWith("x-forwarded-")) {
            throw options.misfit("name", "the name of a field that is the target's own, such as X-Api-Key");
        }
        if (lower.startsWith("hansard-")) {
            throw options.misfit("name", "a name that does not begin with Hansard-, which are Hansard's own");
        }
        String prefix = options.has("prefix") ? options.text("prefix") : "";
        var shape = service.claimed(new Shape.Header(field, prefix.isEmpty() ? "" : prefix.strip() + " "));
        return shared(name, "header", shape, secrets.fieldValue(options, "value"), options, service);
    }

    private static String username(TreeOptions options) {
        String username = options.text("username");
        if (username.contains(":") || username.chars().anyMatch(Character::isISOControl)) {
            throw options.misfit("username", "a name without a colon (RFC 7617)");
        }
        return username;
    }

    private static Duration overlap(TreeOptions options) {
        return options.duration(CredentialKeys.OVERLAP, CredentialSpec.USUAL_OVERLAP, Duration.ZERO, LONGEST_OVERLAP);
    }

    private static Shared shared(
            String name, String type, Shape shape, SourceOpening source, TreeOptions options, ServiceReading service) {
        var spec = new CredentialSpec(name, service.service(), type, shape, overlap(options));
        return new Shared(spec, source, options.effective());
    }

    private Configured clientCredentials(String name, String type, TreeOptions options, ServiceReading service) {
        var shape = service.claimed(Shape.Header.bearer());
        SourceOpening secret = secrets.secret(options, "client-secret");
        SourceOpening opening = nanos -> OutgoingSecrets.clientCredentials(options, secret.open(nanos));
        opening.open(SecretReader.noTime()).close();
        return shared(name, type, shape, opening, options, service);
    }

    private Configured exchange(String name, String type, TreeOptions options, ServiceReading service) {
        var shape = service.claimed(Shape.Header.bearer());
        SourceOpening secret = secrets.secret(options, "client-secret");
        CredentialSettings.ExchangeOpening opening = nanos -> OutgoingSecrets.exchange(options, secret.open(nanos));
        opening.open(SecretReader.noTime()).close();
        var spec = new CredentialSpec(name, service.service(), type, shape, Duration.ZERO);
        return new PerCaller(spec, opening, options.effective());
    }

    private static Configured certificate(String name, TreeOptions options, ServiceReading service) {
        Path certFile = file(options, "cert-file", service.certificates()::certificates);
        Path keyFile = file(options, "key-file", text -> service.certificates().keyOf(certFile, text));
        service.connectWith(certFile, keyFile);
        return new Certificate(name, options.effective());
    }

    /** Finds a file by what is written. */
    private interface Finding {
        Path find(String text);
    }

    private static Path file(TreeOptions options, String key, Finding finding) {
        try {
            return finding.find(options.text(key));
        } catch (MisfitException e) {
            throw options.misfit(key, e.expected());
        }
    }

    private Configured aws(String name, String type, TreeOptions options, ServiceReading service) {
        if (!service.isEncrypted()) {
            throw new InvalidOptionException(
                    CredentialKeys.TYPE,
                    "is aws-sigv4, which signs no content, but the service's urls are not https; write https://");
        }
        var shape = service.claimed(new Shape.AwsSignature(word(options, "region"), word(options, "service")));
        Map<String, SourceOpening> parts = new LinkedHashMap<>();
        parts.put(Shape.AwsSignature.ACCESS_KEY, secrets.fieldValue(options, Shape.AwsSignature.ACCESS_KEY));
        parts.put(Shape.AwsSignature.SECRET_KEY, secrets.encodedValue(options, Shape.AwsSignature.SECRET_KEY));
        if (options.has(Shape.AwsSignature.SESSION_TOKEN)) {
            parts.put(Shape.AwsSignature.SESSION_TOKEN, secrets.fieldValue(options, Shape.AwsSignature.SESSION_TOKEN));
        }
        return shared(name, type, shape, parted(parts), options, service);
    }

    private static SourceOpening parted(Map<String, SourceOpening> parts) {
        return nanos -> {
            Map<String, SecretSource> open = new LinkedHashMap<>();
            parts.forEach((key, part) -> open.put(key, part.open(nanos)));
            return new PartedSecret(open);
        };
    }

    private static String word(TreeOptions options, String key) {
        String word = options.text(key);
        if (!word.matches("[a-z0-9-]{1,64}")) {
            throw options.misfit(key, "a word such as eu-central-1 or s3");
        }
        return word;
    }
}
