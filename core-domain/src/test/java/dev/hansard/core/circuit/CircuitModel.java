// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.circuit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a circuit has to do, as plainly as it can be said: for one thread, with every outcome in a list. */
final class CircuitModel {
    private final CircuitRule rule;
    private final List<Outcome> outcomes = new ArrayList<>();
    private Phase phase = Phase.CLOSED;
    private long windowFrom;
    private long openUntil;
    private int succeeded;
    private int epoch;
    private @Nullable Ticket trial;

    CircuitModel(CircuitRule rule) {
        this.rule = rule;
    }

    private enum Phase {
        CLOSED,
        TRIED,
        OPEN
    }

    private record Outcome(long at, boolean failed) {}

    /** One call; {@code epoch} is which of its lives the circuit was in. */
    record Ticket(int epoch, long at, boolean isTrial) {}

    boolean isShut(long now) {
        return switch (phase) {
            case CLOSED -> false;
            case OPEN -> now < openUntil;
            case TRIED -> trial != null && now - trial.at() < rule.open().toNanos();
        };
    }

    @Nullable
    Ticket enter(long now) {
        if (isShut(now)) {
            return null;
        }
        if (phase == Phase.CLOSED) {
            return new Ticket(epoch, now, false);
        }
        if (phase == Phase.OPEN) {
            phase = Phase.TRIED;
            succeeded = 0;
        }
        epoch++;
        trial = new Ticket(epoch, now, true);
        return trial;
    }

    void succeeded(Ticket ticket, long now) {
        if (!ticket.isTrial()) {
            if (ticket.epoch() == epoch) {
                outcomes.add(new Outcome(now, false));
            }
        } else if (ticket.equals(trial)) {
            trial = null;
            succeeded++;
            epoch++;
            if (succeeded == rule.trials()) {
                phase = Phase.CLOSED;
                outcomes.clear();
                windowFrom = now;
            }
        }
    }

    void failed(Ticket ticket, long now) {
        if (ticket.isTrial()) {
            if (ticket.equals(trial)) {
                open(now);
            }
        } else if (ticket.epoch() == epoch && phase == Phase.CLOSED) {
            outcomes.add(new Outcome(now, true));
            long step = step(now);
            List<Outcome> counted = outcomes.stream()
                    .filter(outcome -> step(outcome.at()) > step - OutcomeWindow.SLOTS)
                    .toList();
            long failures = counted.stream().filter(Outcome::failed).count();
            if (counted.size() >= rule.of() && 100 * failures >= (long) rule.failures() * counted.size()) {
                open(now);
            }
        }
    }

    /** Which tenth of a window a time is in. */
    private long step(long at) {
        return (at - windowFrom) / (rule.window().toNanos() / OutcomeWindow.SLOTS);
    }

    private void open(long now) {
        phase = Phase.OPEN;
        openUntil = now + rule.open().toNanos();
        trial = null;
        epoch++;
    }

    void left(Ticket ticket) {
        if (ticket.equals(trial)) {
            trial = null;
        }
    }

    long level() {
        return switch (phase) {
            case CLOSED -> 0;
            case TRIED -> 1;
            case OPEN -> 2;
        };
    }
}
