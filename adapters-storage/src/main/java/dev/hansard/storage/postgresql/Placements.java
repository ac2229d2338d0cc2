// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.SessionCatalog.Relocation;
import dev.hansard.ports.value.NodeName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Notes where frames lie now: one row for frames that were moved together, instead of a change to the row of each
 * session, which would write it anew with all its index entries.
 */
final class Placements {
    /** Most moves in one transaction. */
    static final int MOST = 1_000;

    private static final String NUMBER = "SELECT number FROM container WHERE day = ? AND owner = ? AND name = ?";
    private static final String NEW = "INSERT INTO container(day, owner, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String MOVE = "INSERT INTO placement VALUES (?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (day, container, from_offset) DO UPDATE SET to_offset = excluded.to_offset,"
            + " new_container = excluded.new_container, new_offset = excluded.new_offset";

    private final NodeName node;

    Placements(NodeName node) {
        this.node = node;
    }

    private record Container(int day, String name) {}

    /** In a transaction: notes where frames lie now. */
    void move(Handle handle, Collection<Relocation> relocations) {
        var numbers = new HashMap<Container, Integer>();
        var move = handle.prepareBatch(MOVE);
        for (Relocation moved : relocations) {
            int day = SessionIds.dayOf(moved.first());
            FrameLocation from = moved.from();
            move.add(
                    day,
                    number(handle, numbers, new Container(day, from.container())),
                    from.offset(),
                    from.offset() + from.length(),
                    number(handle, numbers, new Container(day, moved.to().container())),
                    moved.to().offset());
        }
        move.execute();
    }

    private int number(Handle handle, Map<Container, Integer> numbers, Container container) {
        return numbers.computeIfAbsent(container, asked -> {
            Object[] key = {asked.day(), SessionRows.ownerOf(asked.name(), node), PostgresText.encode(asked.name())};
            return find(handle, key).orElseGet(() -> {
                handle.execute(NEW, key);
                return find(handle, key).orElseThrow();
            });
        });
    }

    private static Optional<Integer> find(Handle handle, Object... key) {
        return handle.select(NUMBER, key).mapTo(Integer.class).findOne();
    }
}
