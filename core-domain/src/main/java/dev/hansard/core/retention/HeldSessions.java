// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.ports.retention.HeldSession;
import dev.hansard.ports.retention.Hold;
import dev.hansard.ports.retention.Holds;
import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.value.SessionId;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is held, while nothing that is just being found for a hold can be removed: whoever places a hold and whoever
 * removes sessions take turns, over all nodes that share the register. Safe for any number of threads.
 */
public final class HeldSessions {
    private final Holds holds;

    public HeldSessions(Holds holds) {
        this.holds = holds;
    }

    /** Finds sessions and holds them, before any of them can go. */
    Hold place(Supplier<Collection<HeldSession>> find, Function<Collection<HeldSession>, Hold> hold) {
        return holds.inTurn(() -> {
            Collection<HeldSession> found = find.get();
            Hold made = hold.apply(found);
            holds.place(made, found);
            return made;
        });
    }

    /** Does something while no session is removed and no hold is placed. */
    void inTurn(Runnable step) {
        holds.inTurn(() -> {
            step.run();
            return true;
        });
    }

    /** Does something with a segment while no hold is placed; it is given what is held of the segment's hour. */
    <T extends @Nullable Object> T settled(Segment segment, Function<Set<SessionId>, T> step) {
        return holds.inTurn(() -> step.apply(holds.held(segment.service(), segment.hour())));
    }
}
