// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.credential;

import dev.hansard.idp.jose.FlawedTokenException;
import dev.hansard.idp.jose.JsonObject;
import dev.hansard.ports.credential.CredentialUnavailableException;
import dev.hansard.ports.credential.SecretReading;
import dev.hansard.ports.credential.SecretSource;
import dev.hansard.ports.value.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One field of one secret of Vault's or OpenBao's KV engine, version 2: {@code GET /v1/MOUNT/data/PATH}. Where the
 * answer has a lease, it is read again before that ends; a plain secret has none, and is believed for {@code lastGood}
 * after the vault was last seen. Safe for any number of threads; one token serves until it nears its end.
 */
final class VaultSource implements SecretSource {
    private static final int FORBIDDEN = 403;

    private final VaultSettings settings;
    private final VaultLogin login;
    private final SecretCaller caller;
    private final LongSupplier nanos;

    private volatile @Nullable Session session;

    /** A token that was got by a role. */
    private record Session(Secret token, long endNanos) {}

    VaultSource(VaultSettings settings, VaultLogin login, SecretCaller caller, LongSupplier nanos) {
        this.settings = settings;
        this.login = login;
        this.caller = caller;
        this.nanos = nanos;
    }

    @Override
    public SecretReading read() throws CredentialUnavailableException, InterruptedException {
        try {
            HttpAnswer answer = ask();
            if (answer.status() == FORBIDDEN && login instanceof VaultLogin.AppRole) {
                // The token may have been revoked before its end.
                session = null;
                answer = ask();
            }
            return reading(answer);
        } catch (IOException e) {
            throw CredentialUnavailableException.passing(settings.name() + " cannot be reached: " + e.getMessage());
        } catch (FlawedTokenException _) {
            throw CredentialUnavailableException.passing(settings.name() + " gave no answer of the KV engine");
        }
    }

    private HttpAnswer ask()
            throws IOException, InterruptedException, CredentialUnavailableException, FlawedTokenException {
        return caller.get(settings.uri(settings.mount() + "/data/" + settings.path()), fields(token()));
    }

    private Map<String, String> fields(@Nullable Secret token) {
        Map<String, String> fields = new HashMap<>();
        fields.put("X-Vault-Request", "true");
        if (token != null) {
            fields.put("X-Vault-Token", token.reveal());
        }
        if (settings.namespace() != null) {
            fields.put("X-Vault-Namespace", settings.namespace());
        }
        return fields;
    }

    private Secret token()
            throws IOException, InterruptedException, CredentialUnavailableException, FlawedTokenException {
        return switch (login) {
            case VaultLogin.Token(SecretSource token) -> value(token);
            case VaultLogin.AppRole role -> token(role);
        };
    }

    private Secret token(VaultLogin.AppRole role)
            throws IOException, InterruptedException, CredentialUnavailableException, FlawedTokenException {
        Session known = session;
        if (known != null && nanos.getAsLong() - known.endNanos() < 0) {
            return known.token();
        }
        URI uri = settings.uri("auth/" + role.mount() + "/login");
        String content = "{\"role_id\":" + JsonText.quoted(role.roleId()) + ",\"secret_id\":"
                + JsonText.quoted(value(role.secretId()).reveal()) + "}";
        Map<String, String> fields = fields(null);
        fields.put("Content-Type", "application/json");
        HttpAnswer answer = caller.post(uri, fields, content);
        if (!answer.isOk()) {
            throw refusal(answer, "to the login of its role; check role-id, secret-id and the role's lifetime");
        }
        JsonObject auth = answer.object().object("auth");
        String token = auth == null ? null : auth.text("client_token");
        Long lease = auth == null ? null : auth.millis("lease_duration");
        if (token == null) {
            throw CredentialUnavailableException.passing(settings.name() + " gave no token to the role");
        }
        Duration good = lease == null || lease == 0 ? Duration.ofHours(1) : Duration.ofMillis(lease * 4 / 5);
        var made = new Session(Secret.of(token), nanos.getAsLong() + good.toNanos());
        session = made;
        return made.token();
    }

    private static Secret value(SecretSource source) throws CredentialUnavailableException, InterruptedException {
        Secret value = source.read().values().get(SecretReading.VALUE);
        if (value == null) {
            throw new IllegalStateException("the source of a vault's login gave nothing");
        }
        return value;
    }

    private SecretReading reading(HttpAnswer answer) throws CredentialUnavailableException, FlawedTokenException {
        if (!answer.isOk()) {
            throw refusal(answer, "to " + settings.path());
        }
        JsonObject said = answer.object();
        JsonObject outer = said.object("data");
        // Of a deleted version there is no data, or null.
        Object data = outer == null ? null : outer.value("data");
        String value = data instanceof JsonObject fields ? fields.text(settings.field()) : null;
        if (value == null) {
            throw CredentialUnavailableException.passing(settings.name() + " has no text in field '" + settings.field()
                    + "' of " + settings.path() + ", or the version was deleted");
        }
        Long lease = said.millis("lease_duration");
        if (lease == null || lease == 0) {
            return SecretReading.of(Secret.of(value), settings.lastGood(), settings.refresh());
        }
        Duration goodFor = Duration.ofMillis(lease);
        return SecretReading.of(
                Secret.of(value), goodFor, goodFor.multipliedBy(2).dividedBy(3));
    }

    private CredentialUnavailableException refusal(HttpAnswer answer, String what) {
        String remedy = switch (answer.status()) {
            case FORBIDDEN -> "; let the policy of its token read it, and see that the token has not run out";
            case 404 -> "; check mount and path, and that the engine is KV version 2";
            case 503 -> "; unseal it";
            default -> "";
        };
        return CredentialUnavailableException.passing(
                settings.name() + " answers " + answer.status() + " " + what + remedy);
    }

    @Override
    public void close() {
        switch (login) {
            case VaultLogin.Token(SecretSource token) -> token.close();
            case VaultLogin.AppRole role -> role.secretId().close();
        }
    }
}
