// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.simulation;

import dev.hansard.core.retention.RetentionOffice;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.NotAllowedException;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.retention.Hold;
import dev.hansard.ports.retention.Pruning;
import dev.hansard.ports.retention.RetentionDesk.Erasure;
import dev.hansard.ports.value.InvalidValueException;
import java.util.List;
import java.util.Random;

/** Those who hold, release, erase and prune. */
final class SimulatedPeople {
    private static final Visitor ANNA = visitor("anna");
    private static final Visitor BERT = visitor("bert");

    private final SimulatedCallers callers;
    private final Random random;
    private int named;

    SimulatedPeople(SimulatedCallers callers, Random random) {
        this.callers = callers;
        this.random = random;
    }

    private static Visitor visitor(String person) {
        return new Visitor(
                Access.toEverything(new Caller("corp", person, List.of()), "test"), "127.0.0.1", "case 4711");
    }

    /** One thing that somebody wants. */
    void act(SimulatedNode node) {
        switch (random.nextInt(6)) {
            case 0 -> hold(node);
            case 1 -> release(node);
            case 2, 3 -> erase(node.retention);
            case 4 -> node.keeper.tick();
            default -> prune(node.retention);
        }
    }

    Pruning prune(RetentionOffice retention) {
        return retention.prune(ANNA, Integer.MAX_VALUE);
    }

    void trustClock(RetentionOffice retention) {
        retention.trustClock(ANNA);
    }

    private void hold(SimulatedNode node) {
        SimulatedCall call = callers.any();
        String query = random.nextBoolean() || call == null
                ? "service:search"
                : "path:\"" + call.exchange.session().target() + "\"";
        try {
            node.holds.place(ANNA, "case-" + named++, query, "court order");
        } catch (InvalidValueException _) {
            // Nothing is found, since nothing is indexed yet.
        }
    }

    private void release(SimulatedNode node) {
        List<Hold> active =
                node.holds.list(ANNA).stream().filter(Hold::isActive).toList();
        if (!active.isEmpty()) {
            String id = active.get(random.nextInt(active.size())).id();
            try {
                node.holds.remove(ANNA, id, "case closed");
                node.holds.remove(BERT, id, "I agree");
            } catch (NotAllowedException _) {
                // One of them has asked for it already, and did not hear that it was noted.
            }
        }
    }

    private void erase(RetentionOffice retention) {
        SimulatedCall call = callers.any();
        if (call != null) {
            call.erasing();
            if (retention.erase(ANNA, call.id()) == Erasure.ERASED) {
                call.erased();
            }
        }
    }
}
