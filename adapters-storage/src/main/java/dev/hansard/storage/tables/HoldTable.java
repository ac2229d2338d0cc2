// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tables;

import dev.hansard.ports.retention.HeldHour;
import dev.hansard.ports.retention.HeldSession;
import dev.hansard.ports.retention.Hold;
import dev.hansard.ports.retention.HoldEvent;
import dev.hansard.ports.retention.Holds;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The register of holds. What a hold found lies in a table of its own, until it is removed. */
final class HoldTable implements Holds {
    private static final int BATCH = 5_000;

    private final ControlTables database;
    private final RetentionTables.Turn turn;

    HoldTable(ControlTables database, RetentionTables.Turn turn) {
        this.database = database;
        this.turn = turn;
    }

    @Override
    public List<Hold> list() {
        return database.read(handle -> {
            Map<String, List<HoldEvent>> events = events(handle);
            return handle
                    .createQuery("SELECT * FROM hold ORDER BY number DESC")
                    .map((row, _) -> hold(row, events))
                    .list()
                    .stream()
                    // One that came after its events were read is for the next time.
                    .filter(hold -> events.containsKey(hold.id()))
                    .toList();
        });
    }

    private Hold hold(ResultSet row, Map<String, List<HoldEvent>> events) throws SQLException {
        String id = row.getString("id");
        return new Hold(
                id,
                database.decode(row.getString("name")),
                database.decode(row.getString("query")),
                row.getLong("sessions"),
                events.getOrDefault(id, List.of()));
    }

    private Map<String, List<HoldEvent>> events(Handle handle) {
        var events = new HashMap<String, List<HoldEvent>>();
        handle.createQuery("SELECT * FROM hold_event ORDER BY hold, number")
                .map((row, _) -> events.computeIfAbsent(row.getString("hold"), _ -> new ArrayList<>())
                        .add(event(row)))
                .list();
        return events;
    }

    private HoldEvent event(ResultSet row) throws SQLException {
        return new HoldEvent(
                HoldEvent.Kind.valueOf(row.getString("kind").replace('-', '_').toUpperCase(Locale.ROOT)),
                row.getObject("happened_at", OffsetDateTime.class).toInstant(),
                database.decode(row.getString("provider")),
                database.decode(row.getString("actor")),
                database.decode(row.getString("reason")));
    }

    @Override
    public void place(Hold hold, Collection<HeldSession> sessions) {
        if (sessions.size() > MOST_SESSIONS) {
            throw new InvalidValueException("a hold keeps at most " + MOST_SESSIONS + " sessions, but this one has "
                    + sessions.size() + "; place several with narrower queries");
        }
        database.change(handle -> {
            requireRoom(handle, hold.id());
            handle.execute(
                    "INSERT INTO hold(id, name, query, sessions) VALUES (?, ?, ?, ?)",
                    hold.id(),
                    database.encode(hold.name()),
                    database.encode(hold.query()),
                    hold.sessions());
            for (int i = 0; i < hold.events().size(); i++) {
                insert(handle, hold.id(), i, hold.events().get(i));
            }
            insert(handle, hold.id(), sessions);
            return true;
        });
    }

    private static void requireRoom(Handle handle, String id) {
        int count = count(handle, "SELECT count(*) FROM hold");
        if (count >= MOST) {
            throw new InvalidValueException("there are " + MOST + " holds already, which is the most");
        }
        if (count(handle, "SELECT count(*) FROM hold WHERE id = ?", id) > 0) {
            throw new InvalidValueException("there is a hold with the id '" + id + "' already");
        }
    }

    private static int count(Handle handle, String sql, Object... bound) {
        return handle.select(sql, bound).mapTo(Integer.class).one();
    }

    private void insert(Handle handle, String id, int number, HoldEvent event) {
        handle.execute(
                "INSERT INTO hold_event VALUES (?, ?, ?, ?, ?, ?, ?)",
                id,
                number,
                event.kind().word(),
                event.at().atOffset(ZoneOffset.UTC),
                database.encode(event.provider()),
                database.encode(event.actor()),
                database.encode(event.reason()));
    }

    private static void insert(Handle handle, String id, Collection<HeldSession> sessions) {
        PreparedBatch batch = handle.prepareBatch("INSERT INTO hold_session VALUES (?, ?, ?, ?)");
        for (HeldSession session : new LinkedHashSet<>(sessions)) {
            batch.add(
                    Columns.uuid(session.id()),
                    id,
                    session.service().value(),
                    session.hour().getEpochSecond());
            if (batch.size() == BATCH) {
                batch.execute();
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    @Override
    public boolean add(String id, int before, HoldEvent event) {
        return database.change(handle -> {
            // The row of the hold has whoever decides at the same time wait until this is decided.
            handle.createQuery("SELECT number FROM hold WHERE id = ? FOR UPDATE")
                    .bind(0, id)
                    .mapTo(Long.class)
                    .findOne();
            int count = count(handle, "SELECT count(*) FROM hold_event WHERE hold = ?", id);
            if (count == 0 || count != before) {
                return false;
            }
            insert(handle, id, count, event);
            if (event.kind() == HoldEvent.Kind.REMOVED) {
                handle.execute("DELETE FROM hold_session WHERE hold = ?", id);
            }
            return true;
        });
    }

    @Override
    public <T extends @Nullable Object> T inTurn(Supplier<T> step) {
        return turn.take(step);
    }

    @Override
    public Set<HeldHour> hours() {
        return database.read(handle -> handle
                .createQuery("SELECT DISTINCT service, started_hour FROM hold_session")
                .map((row, _) -> new HeldHour(new ServiceName(row.getString(1)), Instant.ofEpochSecond(row.getLong(2))))
                .stream()
                .collect(Collectors.toSet()));
    }

    @Override
    public Set<SessionId> held(ServiceName service, Instant hour) {
        return database.read(handle -> handle
                .createQuery("SELECT DISTINCT session FROM hold_session WHERE service = ? AND started_hour = ?")
                .bind(0, service.value())
                .bind(1, hour.getEpochSecond())
                .mapTo(UUID.class)
                .map(Columns::session)
                .stream()
                .collect(Collectors.toSet()));
    }

    @Override
    public boolean isHeld(SessionId id) {
        return database.read(
                handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM hold_session WHERE session = ?)")
                        .bind(0, Columns.uuid(id))
                        .mapTo(Boolean.class)
                        .one());
    }
}
