// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A register that is gone with its object. */
public final class InMemoryHolds implements Holds {
    private final Map<String, Hold> holds = new LinkedHashMap<>();
    private final Map<String, Set<HeldSession>> sessions = new LinkedHashMap<>();
    private final ReentrantLock turn = new ReentrantLock();

    @Override
    public synchronized List<Hold> list() {
        return new ArrayList<>(holds.values()).reversed();
    }

    @Override
    public synchronized void place(Hold hold, Collection<HeldSession> found) {
        if (found.size() > MOST_SESSIONS || holds.containsKey(hold.id())) {
            throw new InvalidValueException("there is a hold '" + hold.id() + "' already, or this one is too large");
        }
        holds.put(hold.id(), hold);
        sessions.put(hold.id(), Set.copyOf(found));
    }

    @Override
    public synchronized boolean add(String id, int before, HoldEvent event) {
        Hold hold = holds.get(id);
        if (hold == null || hold.events().size() != before) {
            return false;
        }
        List<HoldEvent> events =
                Stream.concat(hold.events().stream(), Stream.of(event)).toList();
        holds.put(id, new Hold(id, hold.name(), hold.query(), hold.sessions(), events));
        if (event.kind() == HoldEvent.Kind.REMOVED) {
            sessions.remove(id);
        }
        return true;
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
    public synchronized Set<HeldHour> hours() {
        return all().map(it -> new HeldHour(it.service(), it.hour())).collect(Collectors.toSet());
    }

    private Stream<HeldSession> all() {
        return sessions.values().stream().flatMap(Set::stream);
    }

    @Override
    public synchronized Set<SessionId> held(ServiceName service, Instant hour) {
        return all().filter(it -> it.service().equals(service) && it.hour().equals(hour))
                .map(HeldSession::id)
                .collect(Collectors.toSet());
    }

    @Override
    public synchronized boolean isHeld(SessionId id) {
        return all().anyMatch(it -> it.id().equals(id));
    }
}
