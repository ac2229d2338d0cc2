// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.identity.ApiKey;
import dev.hansard.ports.identity.ApiKeys;
import dev.hansard.ports.value.InvalidValueException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keys in the database, and all of them in memory, since one is looked up for each call. What another node does to them
 * is seen within {@link #REFRESH}. While the database cannot be asked, what is known holds for {@link #LONGEST}, and
 * then no key is recognised any more, since it may have been revoked.
 */
final class PostgresApiKeys implements ApiKeys, AutoCloseable {
    /** How often it is asked whether a key has changed: a query for one number. */
    static final Duration REFRESH = Duration.ofSeconds(2);

    static final Duration LONGEST = Duration.ofMinutes(15);

    private static final System.Logger LOG = System.getLogger(PostgresApiKeys.class.getName());
    private static final Comparator<ApiKey> NEWEST_FIRST =
            Comparator.comparing(ApiKey::createdAt).reversed().thenComparing(ApiKey::id);
    private static final String SELECT =
            "SELECT id, name, digest, key_groups, created_at, created_by, expires_at, revoked_at FROM api_key";

    /** The keys after a change, by their ids. */
    private record Known(long change, Map<String, ApiKey> keys) {
        Known {
            keys = Map.copyOf(keys);
        }
    }

    private final PostgresDatabase database;
    private final LongSupplier nanos;
    private final ScheduledExecutorService refreshing = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("api-keys").factory());
    /** Revoked by this node: they stay so, even if the database could not be told. */
    private final Map<String, Instant> revokedHere = new ConcurrentHashMap<>();

    private volatile Known known = new Known(-1, Map.of());
    private volatile long askedNanos;
    private volatile boolean isFailing;

    private PostgresApiKeys(PostgresDatabase database, LongSupplier nanos) {
        this.database = database;
        this.nanos = nanos;
    }

    static PostgresApiKeys load(PostgresDatabase database, LongSupplier nanos) {
        var keys = new PostgresApiKeys(database, nanos);
        try {
            keys.refresh();
        } catch (RuntimeException e) {
            keys.close();
            throw e;
        }
        return keys.refreshed();
    }

    /** While the database is not there: no key is known until it is. */
    static PostgresApiKeys unread(PostgresDatabase database, LongSupplier nanos) {
        var keys = new PostgresApiKeys(database, nanos);
        keys.isFailing = true;
        return keys.refreshed();
    }

    private PostgresApiKeys refreshed() {
        // Nobody asks how it ends: it catches what it can, and close() ends it.
        var _ = refreshing.scheduleWithFixedDelay(
                this::tryToRefresh, REFRESH.toMillis(), REFRESH.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    private void tryToRefresh() {
        try {
            refresh();
            isFailing = false;
        } catch (RuntimeException e) {
            // Whatever it is: without this task nobody would see a revocation any more.
            if (!isFailing) {
                LOG.log(System.Logger.Level.WARNING, "API keys cannot be read; those known hold for " + LONGEST, e);
            }
            isFailing = true;
        }
    }

    /** Reads all again when any has changed. */
    synchronized void refresh() {
        long asked = nanos.getAsLong();
        Known before = known;
        known = database.with(handle -> {
            long change = handle.select("SELECT number FROM api_key_change")
                    .mapTo(Long.class)
                    .one();
            // A change in between is read now, and once more the next time.
            return change == before.change() ? before : new Known(change, read(handle));
        });
        askedNanos = asked;
    }

    private Map<String, ApiKey> read(Handle handle) {
        return handle.select(SELECT)
                .map((row, _) -> withRevocation(key(row)))
                .collect(Collectors.toMap(ApiKey::id, key -> key));
    }

    private ApiKey withRevocation(ApiKey key) {
        Instant at = revokedHere.get(key.id());
        return at == null || key.revokedAt() != null ? key : key.revoked(at);
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Arrays.stream((String[]) row.getArray(4).getArray())
                        .map(PostgresText::decode)
                        .toList(),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                PostgresText.decode(row.getString(6)),
                instant(row, 7),
                instant(row, 8));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime column(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    @Override
    public @Nullable ApiKey find(String id) {
        return nanos.getAsLong() - askedNanos > LONGEST.toNanos()
                ? null
                : known.keys().get(id);
    }

    @Override
    public List<ApiKey> list() {
        refresh();
        return known.keys().values().stream().sorted(NEWEST_FIRST).toList();
    }

    @Override
    public void add(ApiKey key) {
        database.change(handle -> {
            noteChange(handle);
            requireNew(read(handle), key);
            return handle.execute(
                    "INSERT INTO api_key VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    key.id(),
                    key.name(),
                    key.digest(),
                    key.groups().stream().map(PostgresText::encode).toArray(String[]::new),
                    column(key.createdAt()),
                    PostgresText.encode(key.createdBy()),
                    column(key.expiresAt()),
                    column(key.revokedAt()));
        });
        refresh();
    }

    /** Also has whoever changes a key at the same time wait for this transaction. */
    private static void noteChange(Handle handle) {
        handle.execute("UPDATE api_key_change SET number = number + 1");
    }

    private static void requireNew(Map<String, ApiKey> there, ApiKey key) {
        if (there.size() >= MOST) {
            throw new InvalidValueException("there are " + MOST + " API keys already; the revoked ones are counted");
        }
        for (ApiKey other : there.values()) {
            if (other.id().equals(key.id()) || other.name().equals(key.name())) {
                throw new InvalidValueException(
                        "there is an API key '" + other.name() + "' already; revoked names are not used again");
            }
        }
    }

    @Override
    public boolean revoke(String id, Instant at) {
        refuse(id, at);
        boolean isRevoked = database.change(handle -> {
            noteChange(handle);
            return handle.execute(
                            "UPDATE api_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", column(at), id)
                    == 1;
        });
        refresh();
        return isRevoked;
    }

    /** From here on it is refused, even when the database should fail: of the two mistakes the safe one. */
    private synchronized void refuse(String id, Instant at) {
        ApiKey key = known.keys().get(id);
        if (key != null && key.revokedAt() == null) {
            revokedHere.putIfAbsent(id, at);
            var keys = new HashMap<>(known.keys());
            keys.put(id, key.revoked(at));
            known = new Known(known.change(), keys);
        }
    }

    @Override
    public void close() {
        refreshing.shutdownNow();
    }
}
