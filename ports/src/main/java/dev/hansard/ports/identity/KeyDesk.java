// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where API keys are given out and taken back. Each use is in the audit log. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface KeyDesk {
    /**
     * Makes a key.
     *
     * @param lifetime how long it is good for; null for ever
     * @throws NotAllowedException when the visitor may not
     * @throws dev.hansard.ports.value.InvalidValueException when the name is wrong or taken
     */
    Made make(Visitor visitor, String name, List<String> groups, @Nullable Duration lifetime);

    /** All keys, the newest first. */
    List<ApiKey> list(Visitor visitor);

    /**
     * Takes a key back, from now on.
     *
     * @return whether there was one that was not taken back before
     */
    boolean revoke(Visitor visitor, String id);

    /** A key that was just made; the only time that its text is there. */
    record Made(ApiKey key, ApiKeyText text) {}
}
