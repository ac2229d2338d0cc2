// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.simulation;

import java.util.EnumMap;
import java.util.Map;

/** Exactly one operation of the first process goes wrong, and nothing else ever does. */
final class OneTrouble implements Troubles {
    private final SimulatedWorld world;
    private final Case one;
    private final Map<Part, Long> begun = new EnumMap<>(Part.class);
    private final Map<Part, Long> done = new EnumMap<>(Part.class);

    /** What the node works with. */
    enum Part {
        SPOOL,
        LEDGER,
        OBJECTS,
        ROWS,
        CONTROL
    }

    /** How an operation goes wrong. */
    enum Way {
        /** It is refused, or half done, or done without an answer that says so. */
        ERROR,
        /** The process dies in it; whether the power goes too is drawn. */
        DEATH
    }

    /**
     * One thing that can go wrong.
     *
     * @param at which operation of the first process; 0 for none
     */
    record Case(Part part, Way way, long at) {}

    OneTrouble(SimulatedWorld world, Case one) {
        this.world = world;
        this.one = one;
    }

    @Override
    public void chooseEnd() {
        if (!begun.isEmpty()) {
            return;
        }
        for (Part part : Part.values()) {
            begun.put(part, count(part));
        }
        if (one.at() > 0) {
            arm();
        }
    }

    private void arm() {
        boolean dies = one.way() == Way.DEATH;
        switch (one.part()) {
            case SPOOL, LEDGER -> {
                var disk = one.part() == Part.SPOOL ? world.spoolDisk : world.ledgerDisk;
                if (dies) {
                    disk.crashAfter(one.at());
                } else {
                    disk.failAfter(one.at());
                }
            }
            case OBJECTS, ROWS, CONTROL -> {
                if (dies) {
                    store(one.part()).dieAfter(one.at());
                } else {
                    store(one.part()).failAfter(one.at());
                }
            }
        }
    }

    private Unreliable store(Part part) {
        return switch (part) {
            case OBJECTS -> world.ofObjects;
            case ROWS -> world.ofRows;
            default -> world.ofControl;
        };
    }

    private long count(Part part) {
        return switch (part) {
            case SPOOL -> world.spoolDisk.operations();
            case LEDGER -> world.ledgerDisk.operations();
            case OBJECTS, ROWS, CONTROL -> store(part).steps();
        };
    }

    /** How many operations the first process did. */
    Map<Part, Long> done() {
        return Map.copyOf(done);
    }

    @Override
    public void turn() {
        // Only the one.
    }

    @Override
    public void uncleanStop() {
        if (done.isEmpty()) {
            begun.forEach((part, from) -> done.put(part, count(part) - from));
        }
    }
}
