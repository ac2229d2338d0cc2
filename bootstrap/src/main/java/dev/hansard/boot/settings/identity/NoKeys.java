// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.identity;

import dev.hansard.ports.identity.ApiKey;
import dev.hansard.ports.identity.ApiKeys;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where no key was given out, since nothing is opened while a configuration is only read. */
final class NoKeys implements ApiKeys {
    @Override
    public @Nullable ApiKey find(String id) {
        return null;
    }

    @Override
    public List<ApiKey> list() {
        return List.of();
    }

    @Override
    public void add(ApiKey key) {
        throw new IllegalStateException("keys are made by a node");
    }

    @Override
    public boolean revoke(String id, Instant at) {
        return false;
    }
}
