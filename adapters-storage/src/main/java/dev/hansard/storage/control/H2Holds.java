// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The register of holds as tables. What a hold found lies in a table of its own, until the hold is removed. */
final class H2Holds implements Holds {
    private static final int BATCH = 5_000;

    private final ControlDatabase database;
    /** The file belongs to one process. */
    private final ReentrantLock turn = new ReentrantLock();

    H2Holds(ControlDatabase database) {
        this.database = database;
    }

    @Override
    public List<Hold> list() {
        return database.read(handle -> {
            Map<String, List<HoldEvent>> events = events(handle);
            return handle.createQuery("SELECT * FROM hold ORDER BY number DESC")
                    .map((row, _) -> hold(row, events))
                    .list();
        });
    }

    private static Hold hold(ResultSet row, Map<String, List<HoldEvent>> events) throws SQLException {
        String id = row.getString("id");
        return new Hold(
                id,
                row.getString("name"),
                row.getString("query"),
                row.getLong("sessions"),
                events.getOrDefault(id, List.of()));
    }

    private static Map<String, List<HoldEvent>> events(Handle handle) {
        var events = new LinkedHashMap<String, List<HoldEvent>>();
        handle.createQuery("SELECT * FROM hold_event ORDER BY hold, number")
                .map((row, _) -> events.computeIfAbsent(row.getString("hold"), _ -> new ArrayList<>())
                        .add(event(row)))
                .list();
        return events;
    }

    private static HoldEvent event(ResultSet row) throws SQLException {
        return new HoldEvent(
                HoldEvent.Kind.valueOf(row.getString("kind").replace('-', '_').toUpperCase(Locale.ROOT)),
                row.getObject("happened_at", OffsetDateTime.class).toInstant(),
                row.getString("provider"),
                row.getString("actor"),
                row.getString("reason"));
    }

    @Override
    public synchronized void place(Hold hold, Collection<HeldSession> sessions) {
        if (sessions.size() > MOST_SESSIONS) {
            throw new InvalidValueException("a hold keeps at most " + MOST_SESSIONS + " sessions, but this one has "
                    + sessions.size() + "; place several with narrower queries");
        }
        List<Hold> there = list();
        if (there.size() >= MOST || there.stream().anyMatch(other -> other.id().equals(hold.id()))) {
            throw new InvalidValueException(
                    "there are " + MOST + " holds already, or one with the id '" + hold.id() + "'");
        }
        database.change(handle -> {
            handle.execute(
                    "INSERT INTO hold(id, name, query, sessions) VALUES (?, ?, ?, ?)",
                    hold.id(),
                    hold.name(),
                    hold.query(),
                    hold.sessions());
            for (int i = 0; i < hold.events().size(); i++) {
                insert(handle, hold.id(), i, hold.events().get(i));
            }
            insert(handle, hold.id(), sessions);
            return true;
        });
    }

    private static void insert(Handle handle, String id, int number, HoldEvent event) {
        handle.execute(
                "INSERT INTO hold_event VALUES (?, ?, ?, ?, ?, ?, ?)",
                id,
                number,
                event.kind().word(),
                event.at().atOffset(ZoneOffset.UTC),
                event.provider(),
                event.actor(),
                event.reason());
    }

    private static void insert(Handle handle, String id, Collection<HeldSession> sessions) {
        PreparedBatch batch = handle.prepareBatch("INSERT INTO hold_session VALUES (?, ?, ?, ?)");
        for (HeldSession session : sessions) {
            batch.add(
                    uuid(session.id()),
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
    public synchronized boolean add(String id, int before, HoldEvent event) {
        return database.change(handle -> {
            int count = handle.createQuery("SELECT COUNT(*) FROM hold_event WHERE hold = ?")
                    .bind(0, id)
                    .mapTo(Integer.class)
                    .one();
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
        turn.lock();
        try {
            return step.get();
        } finally {
            turn.unlock();
        }
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
                .map(id -> new SessionId(id.getMostSignificantBits(), id.getLeastSignificantBits()))
                .stream()
                .collect(Collectors.toSet()));
    }

    @Override
    public boolean isHeld(SessionId id) {
        return database.read(handle -> handle.createQuery("SELECT COUNT(*) FROM hold_session WHERE session = ?")
                        .bind(0, uuid(id))
                        .mapTo(Integer.class)
                        .one()
                > 0);
    }

    private static UUID uuid(SessionId id) {
        return new UUID(id.high(), id.low());
    }
}
