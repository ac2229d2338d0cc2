// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Thousands of simulated nodes. {@code -Dhansard.simulations=100000} runs more, {@code -Dhansard.simulation.seed=N}
 * starts with another seed; a failure names the one to start with.
 */
class SpoolSimulationTest {
    private static final int RUNS = Integer.getInteger("hansard.simulations", 300);
    private static final long SEED = Long.getLong("hansard.simulation.seed", 1);

    @Test
    @Timeout(3600)
    void losesNothingOnKillsAndPowerLosses() {
        for (long seed = SEED; seed < SEED + RUNS; seed++) {
            run(seed, false);
        }
    }

    @Test
    @Timeout(3600)
    void losesNothingOnADiskThatFailsToo() {
        for (long seed = SEED; seed < SEED + RUNS; seed++) {
            run(seed, true);
        }
    }

    /** A failed sync, a kill, a sync by the next process that lies, a loss of power. */
    @Test
    @Timeout(60)
    void trustsNoSyncAfterAFailedOneOfTheLastProcess() {
        run(52002, true);
    }

    private static void run(long seed, boolean diskFaults) {
        try {
            new SpoolSimulation(seed, diskFaults).run();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("-Dhansard.simulation.seed=" + seed, e);
        }
    }
}
