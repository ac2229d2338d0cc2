// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.simulation;

import dev.hansard.ports.session.TimeWitness;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The true time, and what the node's clock says. */
final class SimulatedClock implements TimeWitness {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private Instant truth = NOON;
    private Duration off = Duration.ZERO;
    private long nanos = 1;

    /** Time goes by on all clocks. */
    void pass(Duration time) {
        truth = truth.plus(time);
        nanos += time.toNanos();
    }

    /** The node's wall clock is wrong by so much from now on. */
    void set(Duration wrongBy) {
        off = wrongBy;
    }

    boolean isWrong() {
        return !off.isZero();
    }

    Duration off() {
        return off;
    }

    Instant truth() {
        return truth;
    }

    Instant wall() {
        return truth.plus(off).truncatedTo(ChronoUnit.MICROS);
    }

    long nanos() {
        return nanos;
    }

    @Override
    public String name() {
        return "another machine";
    }

    @Override
    public Instant now() {
        return truth;
    }
}
