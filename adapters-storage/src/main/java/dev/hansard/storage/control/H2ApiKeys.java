// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import dev.hansard.ports.identity.ApiKey;
import dev.hansard.ports.identity.ApiKeys;
import dev.hansard.ports.value.InvalidValueException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys in the database, and all of them in memory, since one is looked up for each call. This node is the only one that
 * writes its file.
 */
final class H2ApiKeys implements ApiKeys {
    private static final Comparator<ApiKey> NEWEST_FIRST =
            Comparator.comparing(ApiKey::createdAt).reversed().thenComparing(ApiKey::id);

    private final ControlDatabase database;
    private final Map<String, ApiKey> keys = new ConcurrentHashMap<>();

    private H2ApiKeys(ControlDatabase database) {
        this.database = database;
    }

    static H2ApiKeys load(ControlDatabase database) {
        var loaded = new H2ApiKeys(database);
        List<ApiKey> all = database.read(handle -> handle.createQuery("SELECT * FROM api_key")
                .map((row, _) -> key(row))
                .list());
        all.forEach(key -> loaded.keys.put(key.id(), key));
        return loaded;
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                row.getString("digest"),
                texts(row.getArray("key_groups")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"),
                instant(row, "expires_at"),
                instant(row, "revoked_at"));
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.stream((Object[]) array.getArray())
                .map(String.class::cast)
                .toList();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime column(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    @Override
    public @Nullable ApiKey find(String id) {
        return keys.get(id);
    }

    @Override
    public List<ApiKey> list() {
        return keys.values().stream().sorted(NEWEST_FIRST).toList();
    }

    @Override
    public synchronized void add(ApiKey key) {
        if (keys.size() >= MOST) {
            throw new InvalidValueException("there are " + MOST + " API keys already; the revoked ones are counted");
        }
        for (ApiKey other : keys.values()) {
            if (other.id().equals(key.id()) || other.name().equals(key.name())) {
                throw new InvalidValueException(
                        "there is an API key '" + other.name() + "' already; revoked names are not used again");
            }
        }
        database.change(handle -> handle.execute(
                "INSERT INTO api_key VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                key.id(),
                key.name(),
                key.digest(),
                key.groups().toArray(String[]::new),
                column(key.createdAt()),
                key.createdBy(),
                column(key.expiresAt()),
                column(key.revokedAt())));
        keys.put(key.id(), key);
    }

    @Override
    public synchronized boolean revoke(String id, Instant at) {
        ApiKey key = keys.get(id);
        if (key == null || key.revokedAt() != null) {
            return false;
        }
        // From here on it is refused, even when the disk should fail: of the two mistakes the safe one.
        keys.put(id, key.revoked(at));
        database.change(handle -> handle.execute("UPDATE api_key SET revoked_at = ? WHERE id = ?", column(at), id));
        return true;
    }
}
