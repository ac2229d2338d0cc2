// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.identity.ApiKey;
import dev.hansard.ports.identity.ApiKeyText;
import dev.hansard.ports.identity.ApiKeys;
import dev.hansard.ports.identity.KeyDesk;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Visitor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Gives out API keys, and takes them back. */
public final class KeyOffice implements KeyDesk {
    private final ApiKeys keys;
    private final Auditor auditor;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * An office.
     *
     * @param random nobody may guess what it gives
     */
    public KeyOffice(ApiKeys keys, Auditor auditor, InstantSource clock, RandomGenerator random) {
        this.keys = keys;
        this.auditor = auditor;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Made make(Visitor visitor, String name, List<String> groups, @Nullable Duration lifetime) {
        auditor.require(visitor, Permission.MANAGE_KEYS, "keys");
        Instant now = clock.instant();
        ApiKeyText text = ApiKeyText.make(random);
        var who = visitor.access().who();
        var key = new ApiKey(
                text.id(),
                name,
                text.digest(),
                groups,
                now,
                who.provider() + "/" + who.subject(),
                lifetime == null ? null : now.plus(lifetime),
                null);
        auditor.does(visitor, AuditAction.KEY_CREATED, key.id() + " " + name, null);
        keys.add(key);
        return new Made(key, text);
    }

    @Override
    public List<ApiKey> list(Visitor visitor) {
        auditor.require(visitor, Permission.MANAGE_KEYS, "keys");
        return keys.list();
    }

    @Override
    public boolean revoke(Visitor visitor, String id) {
        auditor.require(visitor, Permission.MANAGE_KEYS, "keys");
        auditor.does(visitor, AuditAction.KEY_REVOKED, id.length() > ApiKey.ID_LENGTH ? "unknown" : id, null);
        return keys.revoke(id, clock.instant());
    }
}
