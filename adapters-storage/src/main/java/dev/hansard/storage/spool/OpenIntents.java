// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.value.SessionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the intents lie whose calls have not ended: a file that holds one must not be deleted before the intent has
 * been taken over into another. Safe for any number of threads.
 */
final class OpenIntents {
    /** A durable intent. */
    record Place(SessionId id, long file, long offset, long length) {}

    private static final long NOWHERE = -1;

    private final Map<SessionId, Place> places = new ConcurrentHashMap<>();

    /** An intent is on its way into the spool. */
    void expect(SessionId id) {
        places.put(id, new Place(id, NOWHERE, 0, 0));
    }

    /** It lies there now, unless its call has ended meanwhile. */
    void place(Place place) {
        places.computeIfPresent(place.id(), (_, _) -> place);
    }

    /** Whether there was one. */
    boolean remove(SessionId id) {
        return places.remove(id) != null;
    }

    boolean contains(SessionId id) {
        return places.containsKey(id);
    }

    /** Where a durable one lies. */
    Optional<Place> find(SessionId id) {
        return Optional.ofNullable(places.get(id)).filter(place -> place.file() != NOWHERE);
    }

    /** All that lie in a file. */
    List<Place> in(long file) {
        return places.values().stream().filter(place -> place.file() == file).toList();
    }

    int count() {
        return places.size();
    }
}
