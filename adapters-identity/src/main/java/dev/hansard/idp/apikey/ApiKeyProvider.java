// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.apikey;

import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.identity.ApiKey;
import dev.hansard.ports.identity.ApiKeyText;
import dev.hansard.ports.identity.ApiKeys;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.identity.Presented;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the keys that {@code hansard keys create} gave out, as a bearer token or in {@code X-Api-Key}. A key of
 * somebody else's, the target's own one perhaps, does not begin with {@code hsk_} and is left alone.
 */
final class ApiKeyProvider implements IdentityProvider {
    private static final String AUTHORIZATION = "authorization";
    private static final String KEY_FIELD = "x-api-key";
    private static final String BEARER = "bearer ";

    private final String name;
    private final ApiKeys keys;
    private final InstantSource wall;

    ApiKeyProvider(String name, ApiKeys keys, InstantSource wall) {
        this.name = name;
        this.keys = keys;
        this.wall = wall;
    }

    @Override
    public Identification identify(Presented presented) {
        Fields fields = presented.head().fields();
        String shown = null;
        String field = AUTHORIZATION;
        for (int i = 0; i < fields.count(); i++) {
            String key = keyIn(fields, i);
            if (key != null) {
                if (shown != null) {
                    return refused("two_keys");
                }
                shown = key;
                field = fields.isNamed(i, KEY_FIELD) ? KEY_FIELD : AUTHORIZATION;
            }
        }
        return shown == null ? Identification.NotMine.NOT_MINE : judge(shown, field);
    }

    private static @Nullable String keyIn(Fields fields, int index) {
        String value = null;
        if (fields.isNamed(index, KEY_FIELD)) {
            value = fields.value(index);
        } else if (fields.isNamed(index, AUTHORIZATION)) {
            String credentials = fields.value(index);
            boolean isBearer = credentials.regionMatches(true, 0, BEARER, 0, BEARER.length());
            value = isBearer ? credentials.substring(BEARER.length()).strip() : null;
        }
        return value != null && value.startsWith(ApiKeyText.PREFIX) ? value : null;
    }

    private Identification judge(String shown, String field) {
        ApiKeyText text = ApiKeyText.parse(shown);
        if (text == null) {
            return refused("malformed_key");
        }
        ApiKey key = keys.find(text.id());
        if (key == null || !text.isOf(key)) {
            return refused("unknown_key");
        }
        if (key.revokedAt() != null) {
            return refused("revoked_key");
        }
        if (!key.isGoodAt(wall.instant())) {
            return refused("expired_key");
        }
        return new Identification.Recognised(
                new Caller(name, ApiKey.SUBJECT + key.name(), key.groups()), Set.of(field));
    }

    private static Identification refused(String reason) {
        return Identification.Refused.invalidToken("Bearer", reason);
    }

    @Override
    public Set<String> credentialFields() {
        return Set.of(AUTHORIZATION, KEY_FIELD);
    }

    @Override
    public List<String> challenges() {
        return List.of("Bearer");
    }
}
