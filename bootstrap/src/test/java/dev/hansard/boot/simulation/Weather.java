// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.simulation;

import java.util.SplittableRandom;

/**
 * What may go wrong in one run. Not everything does in every run: so a failure says by itself what it has to do with.
 *
 * @param power whether the power may go, and not only the process
 * @param disks whether disks fail and fill up
 * @param objects whether the payload store is in trouble at times
 * @param rows whether the catalog is, and loses what it had
 * @param control whether holds, notes and audit log are
 * @param clock whether the node's wall clock jumps
 * @param encrypted whether sessions are encrypted
 */
record Weather(
        boolean power,
        boolean disks,
        boolean objects,
        boolean rows,
        boolean control,
        boolean clock,
        boolean encrypted) {
    private static final int CALM = 8;

    static Weather of(long seed) {
        var random = new SplittableRandom(seed);
        boolean calm = seed % CALM == 0;
        return new Weather(
                !calm && random.nextBoolean(),
                !calm && random.nextBoolean(),
                !calm && random.nextBoolean(),
                !calm && random.nextBoolean(),
                !calm && random.nextBoolean(),
                !calm && random.nextBoolean(),
                random.nextInt(3) == 0);
    }

    /** Whether something may fail but for the process as a whole. */
    boolean hasFaults() {
        return disks || objects || rows || control;
    }
}
