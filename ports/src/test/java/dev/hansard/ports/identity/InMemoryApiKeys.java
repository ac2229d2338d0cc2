// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.value.InvalidValueException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** API keys as the contract says it, in memory. */
public final class InMemoryApiKeys implements ApiKeys {
    private final Map<String, ApiKey> keys = new LinkedHashMap<>();

    @Override
    public synchronized @Nullable ApiKey find(String id) {
        return keys.get(id);
    }

    @Override
    public synchronized List<ApiKey> list() {
        var all = new ArrayList<>(keys.values());
        all.sort(Comparator.comparing(ApiKey::createdAt).reversed().thenComparing(ApiKey::id));
        return all;
    }

    @Override
    public synchronized void add(ApiKey key) {
        if (keys.size() >= MOST) {
            throw new InvalidValueException("there are " + MOST + " API keys already");
        }
        for (ApiKey other : keys.values()) {
            if (other.id().equals(key.id()) || other.name().equals(key.name())) {
                throw new InvalidValueException("there is an API key '" + other.name() + "' already");
            }
        }
        keys.put(key.id(), key);
    }

    @Override
    public synchronized boolean revoke(String id, Instant at) {
        ApiKey key = keys.get(id);
        if (key == null || key.revokedAt() != null) {
            return false;
        }
        keys.put(id, key.revoked(at));
        return true;
    }
}
