// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The API keys that were given out. What returns has been kept: it survives the end of the process. Safe for any number
 * of threads.
 *
 * @since 0.1
 */
public interface ApiKeys {
    /** How many there may be, the revoked ones counted. */
    int MOST = 10_000;

    /** The key of an id; asked for each call, so it answers from memory. A revoked or expired one is found, too. */
    @Nullable
    ApiKey find(String id);

    /** All, the newest first. */
    List<ApiKey> list();

    /**
     * Keeps a new key.
     *
     * @throws dev.hansard.ports.value.InvalidValueException when its id or name is taken, or there are too many
     * @throws dev.hansard.ports.session.StorageException when it cannot be kept
     */
    void add(ApiKey key);

    /**
     * Has a key refused from now on.
     *
     * @return whether there was such a key and it was not revoked before
     * @throws dev.hansard.ports.session.StorageException when that cannot be kept
     */
    boolean revoke(String id, Instant at);
}
