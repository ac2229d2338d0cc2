// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.value.NodeName;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The days that a node has to give once more. PostgreSQL itself loses none; but when one node clears the catalog to
 * fill it again from the segments, what lies in the spools of the others only they can give.
 */
final class LostDays {
    private static final String LOSE = "INSERT INTO lost_day"
            + " SELECT n.name, d.day, nextval('lost_generation') FROM node n CROSS JOIN day d WHERE n.name <> ?"
            + " ON CONFLICT (node, day) DO UPDATE SET generation = excluded.generation";

    private static final String LOSE_SINCE = "INSERT INTO lost_day"
            + " SELECT ?, d, nextval('lost_generation') FROM generate_series(?, ?) d"
            + " ON CONFLICT (node, day) DO UPDATE SET generation = excluded.generation";

    /** Most days that are given again after a restore; older ones take a rebuild. */
    private static final int MOST_DAYS = 400;

    private final PostgresDatabase database;
    private final NodeName node;
    private final InstantSource wall;
    /** The newest loss that somebody was told of: what was lost later is not made good by what they give. */
    private final AtomicLong told = new AtomicLong();

    LostDays(PostgresDatabase database, NodeName node, InstantSource wall) {
        this.database = database;
        this.node = node;
        this.wall = wall;
    }

    /**
     * In a transaction that finds the catalog restored from a backup: what came since has to be given again. From the
     * day before the newest that the catalog knows, for calls that ended late.
     */
    void loseSinceNewest(Handle handle) {
        int today = (int) LocalDate.ofInstant(wall.instant(), ZoneOffset.UTC).toEpochDay();
        int newest = handle.select("SELECT coalesce(max(day), 0) FROM day")
                .mapTo(Integer.class)
                .one();
        handle.execute(LOSE_SINCE, node.value(), Math.max(newest - 1, today - MOST_DAYS), Math.max(newest, today));
    }

    /** In a transaction that clears the catalog: this node is about to give everything again, the others are not. */
    void loseForOthers(Handle handle) {
        handle.execute(LOSE, node.value());
        handle.execute("DELETE FROM lost_day WHERE node = ?", node.value());
    }

    private record Lost(LocalDate day, long generation) {}

    Set<LocalDate> days() {
        List<Lost> lost = database.with(handle -> handle.select(
                        "SELECT day, generation FROM lost_day WHERE node = ?", node.value())
                .map((row, _) -> new Lost(LocalDate.ofEpochDay(row.getInt(1)), row.getLong(2)))
                .list());
        lost.forEach(one -> told.accumulateAndGet(one.generation(), Math::max));
        return lost.stream().map(Lost::day).collect(Collectors.toUnmodifiableSet());
    }

    void rebuilt(Set<LocalDate> days) {
        if (days.isEmpty()) {
            return;
        }
        database.change(handle -> {
            var delete = handle.prepareBatch("DELETE FROM lost_day WHERE node = ? AND day = ? AND generation <= ?");
            days.forEach(day -> delete.add(node.value(), (int) day.toEpochDay(), told.get()));
            return delete.execute();
        });
    }
}
