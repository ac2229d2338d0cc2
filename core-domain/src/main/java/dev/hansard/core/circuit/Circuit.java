// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.circuit;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The circuit of one upstream. Closed, it lets every call through and counts how they end; once too many fail it opens
 * and lets none through. When it has been open long enough one call tries the upstream; after some that succeed it
 * closes, and after one that fails it is open again. Safe for any number of threads, without a lock.
 *
 * <p>A call keeps the {@link Pass} that it was let through with, and what it reports counts for the state of then: the
 * late failures of calls that began before the circuit opened do not open it a second time.
 */
public final class Circuit {
    private final CircuitRule rule;
    private final long openNanos;
    private final AtomicReference<Pass> state;
    private final LongAdder opened = new LongAdder();

    /** A closed one. */
    Circuit(CircuitRule rule, long now) {
        this.rule = rule;
        this.openNanos = rule.open().toNanos();
        this.state = new AtomicReference<>(closed(now));
    }

    /** A state of the circuit, and what a call was let through with. */
    public sealed interface Pass {}

    private record Closed(OutcomeWindow window) implements Pass {}

    private record Open(long until) implements Pass {}

    /**
     * After the time to be open.
     *
     * @param succeeded trials that did
     * @param since when the one in flight began
     * @param busy whether one is in flight
     */
    private record Trial(int succeeded, long since, boolean busy) implements Pass {}

    private Closed closed(long now) {
        return new Closed(new OutcomeWindow(rule.window().toNanos(), now));
    }

    /** Lets a call through: what it has to report with, or null when it has to stay away. */
    public @Nullable Pass enter(long now) {
        while (true) {
            Pass before = state.get();
            if (before instanceof Closed || !isDue(before, now)) {
                return before instanceof Closed ? before : null;
            }
            var trial = new Trial(before instanceof Trial(int succeeded, long _, boolean _) ? succeeded : 0, now, true);
            if (state.compareAndSet(before, trial)) {
                return trial;
            }
        }
    }

    /** Whether a call would be let through. */
    public boolean isShut(long now) {
        Pass current = state.get();
        return !(current instanceof Closed) && !isDue(current, now);
    }

    /** A trial that nobody hears of any more keeps nobody out for ever. */
    private boolean isDue(Pass state, long now) {
        return switch (state) {
            case Closed _ -> true;
            case Open(long until) -> now - until >= 0;
            case Trial(int _, long since, boolean busy) -> !busy || now - since >= openNanos;
        };
    }

    /** How many nanoseconds it stays open for certain; 0 when that is not known. */
    public long waitNanos(long now) {
        return state.get() instanceof Open(long until) ? Math.max(0, until - now) : 0;
    }

    /** The upstream has answered that call. */
    public void succeeded(Pass entered, long now) {
        switch (entered) {
            case Closed(OutcomeWindow window) -> window.succeeded(now);
            case Trial trial ->
                state.compareAndSet(
                        trial,
                        trial.succeeded() + 1 >= rule.trials()
                                ? closed(now)
                                : new Trial(trial.succeeded() + 1, now, false));
            case Open _ -> throw notEntered();
        }
    }

    /** It has not, or with an answer that says that it cannot. */
    public void failed(Pass entered, long now) {
        switch (entered) {
            case Closed closed -> {
                closed.window().failed(now);
                openIfBeyond(closed, now);
            }
            case Trial trial -> open(trial, now);
            case Open _ -> throw notEntered();
        }
    }

    /** It had begun to answer, and {@link #succeeded} was told so, but it broke off. */
    public void brokeOff(Pass entered, long now) {
        if (entered instanceof Closed closed) {
            closed.window().failedLater(now);
            openIfBeyond(closed, now);
        }
    }

    /** Nothing was learnt: the call did not get as far, or its caller has left. */
    public void left(Pass entered, long now) {
        if (entered instanceof Trial trial) {
            state.compareAndSet(trial, new Trial(trial.succeeded(), now, false));
        }
    }

    private void openIfBeyond(Closed closed, long now) {
        if (closed.window().isBeyond(rule.failures(), rule.of(), now)) {
            open(closed, now);
        }
    }

    private void open(Pass from, long now) {
        if (state.compareAndSet(from, new Open(now + openNanos))) {
            opened.increment();
        }
    }

    private static IllegalStateException notEntered() {
        return new IllegalStateException("a call went through a circuit that was open");
    }

    /** How it stands, for people: 0 closed, 1 tried, 2 open. */
    long level() {
        return switch (state.get()) {
            case Closed _ -> 0;
            case Trial _ -> 1;
            case Open _ -> 2;
        };
    }

    /** How often it has opened. */
    long opened() {
        return opened.sum();
    }
}
