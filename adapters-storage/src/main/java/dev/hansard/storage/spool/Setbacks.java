// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.storage.spool.SpoolFiles.Known;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Spool files that could not be sealed for a reason of their own, while the stores were well. After some tries such a
 * file is set aside: it stays where it is, readable and within the spool's limit, and is tried again only now and
 * then, so that it holds nothing up. Nothing of this outlives the process; the next one begins to count anew. Safe for
 * any number of threads.
 */
final class Setbacks {
    /** How often a file is tried in a row. */
    static final int TRIES = 8;

    private static final Logger LOG = System.getLogger(Setbacks.class.getName());
    private static final long AGAIN_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final LongSupplier nanos;
    private final Map<Long, Setback> setbacks = new TreeMap<>();

    private record Setback(int tries, long last, String reason) {}

    Setbacks(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized boolean isDue(long number) {
        Setback setback = setbacks.get(number);
        return setback == null || setback.tries() < TRIES || nanos.getAsLong() - setback.last() >= AGAIN_NANOS;
    }

    /** Why a file could not be sealed when it was tried last; empty when it has not failed. */
    synchronized String reason(long number) {
        Setback setback = setbacks.get(number);
        return setback == null ? "" : setback.reason();
    }

    /** Whether the file has not failed so far. */
    synchronized boolean isClean(long number) {
        return !setbacks.containsKey(number);
    }

    synchronized boolean isAside(long number) {
        Setback setback = setbacks.get(number);
        return setback != null && setback.tries() >= TRIES;
    }

    synchronized void failed(Known file, Exception reason) {
        Setback before = setbacks.get(file.number());
        int tries = before == null ? 1 : Math.min(TRIES, before.tries() + 1);
        setbacks.put(file.number(), new Setback(tries, nanos.getAsLong(), String.valueOf(reason.getMessage())));
        if (tries == TRIES && before != null && before.tries() < TRIES) {
            LOG.log(Level.ERROR, "Spool file " + file.name() + " is set aside after " + TRIES + " tries", reason);
        }
    }

    synchronized void succeeded(long number) {
        setbacks.remove(number);
    }

    /** Makes all of them due, because somebody asks for it. */
    synchronized void tryAll() {
        setbacks.replaceAll((_, setback) -> new Setback(0, setback.last(), setback.reason()));
    }

    /** How many files are set aside. */
    synchronized int count() {
        return (int)
                setbacks.values().stream().filter(it -> it.tries() >= TRIES).count();
    }

    /** What is wrong, for people; empty when no file is set aside. */
    synchronized String trouble() {
        for (Map.Entry<Long, Setback> entry : setbacks.entrySet()) {
            if (entry.getValue().tries() >= TRIES) {
                return count() + " spool files are set aside, first " + SpoolFiles.nameOf(entry.getKey())
                        + ", because they could not be sealed in " + TRIES + " tries: "
                        + entry.getValue().reason();
            }
        }
        return "";
    }
}
