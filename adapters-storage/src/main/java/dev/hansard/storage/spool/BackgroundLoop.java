// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Takes turn after turn on a thread of its own: pauses when there is little to do, sleeps when there is nothing, and
 * goes on after a failure, later and later. Whatever a turn throws, the thread lives: without it nobody would do its
 * work any more.
 */
final class BackgroundLoop {
    private static final Logger LOG = System.getLogger(BackgroundLoop.class.getName());

    private final String complaint;
    private final Pace pace;
    private final Turn turn;
    private final Signal signal = new Signal();
    private final Signal stop = new Signal();
    private volatile boolean closing;
    private volatile String trouble = "";

    /**
     * @param complaint what cannot be done while it fails, such as {@code sessions cannot be indexed}
     */
    BackgroundLoop(String complaint, Pace pace, Turn turn) {
        this.complaint = complaint;
        this.pace = pace;
        this.turn = turn;
    }

    /**
     * Milliseconds.
     *
     * @param pause between two turns when the first had little to do: what comes together costs less
     * @param idle longest sleep when there is nothing to do
     * @param firstBackoff after the first failure; each further one in a row doubles it
     * @param lastBackoff most of that
     */
    record Pace(long pause, long idle, long firstBackoff, long lastBackoff) {}

    /** One piece of the work. */
    interface Turn {
        /** Does it; {@code last} says that the loop is to end as soon as nothing is left. */
        Outcome take(boolean last) throws IOException;
    }

    enum Outcome {
        /** There is more. */
        MORE,
        /** There will be more, but it is worth waiting for. */
        LITTLE,
        NOTHING
    }

    /** There is something new. */
    void wake() {
        signal.wake();
    }

    /** Runs until {@link #finish}, and then until nothing is left or a turn fails. */
    void run() {
        long backoff = pace.firstBackoff();
        boolean running = true;
        while (running) {
            boolean last = closing;
            try {
                running = goOn(turn.take(last), last);
                backoff = pace.firstBackoff();
                trouble = "";
            } catch (IOException | RuntimeException e) {
                complain(e);
                running = !last;
                stop.await(last ? 0 : backoff);
                backoff = Math.min(2 * backoff, pace.lastBackoff());
            }
        }
    }

    private boolean goOn(Outcome outcome, boolean last) {
        if (outcome == Outcome.NOTHING && !last) {
            signal.await(pace.idle());
        } else if (outcome == Outcome.LITTLE && !last) {
            stop.await(pace.pause());
        }
        return outcome != Outcome.NOTHING || !last;
    }

    private void complain(Exception e) {
        String now = complaint + ": " + e.getMessage();
        if (!now.equals(trouble)) {
            LOG.log(Level.WARNING, "For now " + complaint + "; they stay in the spool", e);
        }
        trouble = now;
    }

    /** What is wrong; empty when nothing is. */
    String trouble() {
        return trouble;
    }

    /** Asks {@link #run} to end once nothing is left. */
    void finish() {
        closing = true;
        stop.wake();
        signal.wake();
    }
}
