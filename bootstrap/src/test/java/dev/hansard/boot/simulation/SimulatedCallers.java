// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.simulation;

import dev.hansard.ports.session.Spool;
import dev.hansard.ports.value.SessionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Those who call through the node, and remember what they were promised. */
final class SimulatedCallers {
    private static final int MOST_AT_ONCE = 16;
    private static final int MOST_OPEN = 10;

    private final SimulatedWorld world;
    private final Random random;
    private final Set<SessionId> tried = new HashSet<>();
    private final Map<SessionId, SimulatedCall> calls = new LinkedHashMap<>();
    private final List<SimulatedCall> open = new ArrayList<>();
    private final List<SimulatedCall> waiting = new ArrayList<>();
    private final List<SimulatedCall> killed = new ArrayList<>();

    SimulatedCallers(SimulatedWorld world, Random random) {
        this.world = world;
        this.random = random;
    }

    /** Some calls begin, and most of them end soon. */
    void call(Spool spool) {
        for (int i = random.nextInt(MOST_AT_ONCE); i >= 0; i--) {
            if (open.size() < MOST_OPEN) {
                begin(spool, SimulatedExchange.of(tried.size(), world.clock.wall(), random));
            }
            if (random.nextInt(3) > 0) {
                endOne(spool);
            }
        }
    }

    private void begin(Spool spool, SimulatedExchange exchange) {
        tried.add(exchange.session().id());
        SimulatedCall call = SimulatedCall.begin(exchange, spool);
        calls.put(call.id(), call);
        open.add(call);
    }

    /** One more call, which nothing keeps from being recorded. */
    SimulatedCall last(Spool spool) {
        begin(spool, SimulatedExchange.of(tried.size(), world.clock.wall(), random));
        SimulatedCall call = open.removeLast();
        call.end(spool);
        return call;
    }

    /** Some of those that take longer end. */
    void end(Spool spool) {
        for (int i = random.nextInt(MOST_AT_ONCE); i >= 0; i--) {
            endOne(spool);
        }
    }

    private void endOne(Spool spool) {
        if (!open.isEmpty()) {
            SimulatedCall call = open.remove(random.nextInt(open.size()));
            call.end(spool);
            waiting.add(call);
        }
    }

    void giveUp() {
        if (!open.isEmpty()) {
            open.remove(random.nextInt(open.size())).discard();
        }
    }

    /** Some look whether their record is durable. */
    void look() {
        waiting.removeIf(call -> {
            call.look();
            return call.isAcknowledged();
        });
        if (!open.isEmpty()) {
            open.get(random.nextInt(open.size())).look();
        }
    }

    /** Their connections break. What was promised until then stays promised. */
    void disconnected(boolean byKill) {
        open.forEach(SimulatedCall::look);
        waiting.forEach(SimulatedCall::look);
        if (byKill) {
            killed.addAll(open);
        } else {
            killed.clear();
        }
        open.clear();
        waiting.clear();
    }

    /** A process has come up: what flew when the one before was killed has a record by now. */
    void recovered() {
        killed.forEach(SimulatedCall::survived);
        killed.clear();
    }

    /** Any call there has been; null when there was none. */
    @Nullable
    SimulatedCall any() {
        if (calls.isEmpty()) {
            return null;
        }
        List<SimulatedCall> all = new ArrayList<>(calls.values());
        return all.get(random.nextInt(all.size()));
    }

    /** Every session that was begun, even when the process died over it. */
    Set<SessionId> tried() {
        return tried;
    }

    Collection<SimulatedCall> all() {
        return calls.values();
    }
}
