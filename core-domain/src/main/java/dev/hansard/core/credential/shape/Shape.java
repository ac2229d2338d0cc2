// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential.shape;

import dev.hansard.ports.credential.SecretReading;
import dev.hansard.ports.exchange.HeadPlan;
import dev.hansard.ports.value.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a credential stands in a request. Immutable. */
public sealed interface Shape {
    String AUTHORIZATION = "Authorization";

    /** The names, in lower case, of the fields that are Hansard's to set where this is used. */
    Set<String> fieldNames();

    /** The names of the query pairs that are Hansard's to set. */
    default Set<String> queryNames() {
        return Set.of();
    }

    /** What must never come back, and is looked for in responses. */
    List<Secret> secrets(Map<String, Secret> values);

    /** Why these values cannot stand in a request; null when they can. Never says what they are. */
    @Nullable
    String flaw(Map<String, Secret> values);

    /** Hands over the fields. */
    void fields(Map<String, Secret> values, Outgoing outgoing, HeadPlan.FieldSink sink);

    /** The query pair that is added, encoded; null for none. */
    default @Nullable String query(Map<String, Secret> values) {
        return null;
    }

    /** The value by itself in one field, maybe behind a scheme. */
    record Header(String name, String prefix) implements Shape {
        /** {@code Authorization: Bearer ...} (RFC 6750 section 2.1). */
        public static Header bearer() {
            return new Header(AUTHORIZATION, "Bearer ");
        }

        @Override
        public Set<String> fieldNames() {
            return Set.of(name.toLowerCase(Locale.ROOT));
        }

        @Override
        public List<Secret> secrets(Map<String, Secret> values) {
            return List.of(value(values));
        }

        @Override
        public @Nullable String flaw(Map<String, Secret> values) {
            return SecretText.flaw(value(values));
        }

        @Override
        public void fields(Map<String, Secret> values, Outgoing outgoing, HeadPlan.FieldSink sink) {
            sink.field(name, prefix + value(values).reveal());
        }
    }

    /** A user and a password (RFC 7617), in UTF-8. */
    record Basic(String username) implements Shape {
        @Override
        public Set<String> fieldNames() {
            return Set.of("authorization");
        }

        @Override
        public List<Secret> secrets(Map<String, Secret> values) {
            // Where a server repeats the field undecoded, base64 of the password alone is found in it.
            return List.of(value(values));
        }

        @Override
        public @Nullable String flaw(Map<String, Secret> values) {
            return SecretText.isTooShort(value(values)) ? SecretText.TOO_SHORT : null;
        }

        @Override
        public void fields(Map<String, Secret> values, Outgoing outgoing, HeadPlan.FieldSink sink) {
            byte[] pair = (username + ":" + value(values).reveal()).getBytes(StandardCharsets.UTF_8);
            sink.field(AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(pair));
        }
    }

    /** A pair of the query. */
    record Query(String name) implements Shape {
        @Override
        public Set<String> fieldNames() {
            return Set.of();
        }

        @Override
        public Set<String> queryNames() {
            return Set.of(name);
        }

        @Override
        public List<Secret> secrets(Map<String, Secret> values) {
            return List.of(value(values));
        }

        @Override
        public @Nullable String flaw(Map<String, Secret> values) {
            return SecretText.isTooShort(value(values)) ? SecretText.TOO_SHORT : null;
        }

        @Override
        public void fields(Map<String, Secret> values, Outgoing outgoing, HeadPlan.FieldSink sink) {
            // It stands in the target.
        }

        @Override
        public String query(Map<String, Secret> values) {
            return Percent.encoded(name) + "=" + Percent.encoded(value(values).reveal());
        }
    }

    /**
     * A signature over the head by AWS Signature Version 4. The content is signed where there is none; otherwise the
     * field says that it is not, which the connection's TLS makes up for.
     */
    record AwsSignature(String region, String service) implements Shape {
        public static final String ACCESS_KEY = "access-key";
        public static final String SECRET_KEY = "secret-key";
        public static final String SESSION_TOKEN = "session-token";

        @Override
        public Set<String> fieldNames() {
            return AwsSigner.FIELDS;
        }

        @Override
        public List<Secret> secrets(Map<String, Secret> values) {
            var secrets = new ArrayList<Secret>();
            secrets.add(part(values, SECRET_KEY));
            Secret token = values.get(SESSION_TOKEN);
            if (token != null) {
                secrets.add(token);
            }
            return secrets;
        }

        @Override
        public @Nullable String flaw(Map<String, Secret> values) {
            String access = SecretText.flaw(part(values, ACCESS_KEY));
            Secret token = values.get(SESSION_TOKEN);
            if (access != null || SecretText.isTooShort(part(values, SECRET_KEY))) {
                return access != null ? access : SecretText.TOO_SHORT;
            }
            return token == null ? null : SecretText.flaw(token);
        }

        @Override
        public void fields(Map<String, Secret> values, Outgoing outgoing, HeadPlan.FieldSink sink) {
            var signer = new AwsSigner(
                    region,
                    service,
                    part(values, ACCESS_KEY).reveal(),
                    part(values, SECRET_KEY),
                    values.get(SESSION_TOKEN));
            signer.sign(outgoing, sink);
        }
    }

    private static Secret value(Map<String, Secret> values) {
        return part(values, SecretReading.VALUE);
    }

    private static Secret part(Map<String, Secret> values, String key) {
        Secret value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("a source gave no " + key);
        }
        return value;
    }
}
