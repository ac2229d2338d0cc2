// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.simulation;

import java.time.Duration;
import java.util.Random;

/** What goes wrong, as far as the weather has it. */
final class SimulatedTroubles implements Troubles {
    private static final int LONGEST = 12;
    private static final Duration YEARS = Duration.ofDays(3650);

    private final SimulatedWorld world;
    private final Weather weather;
    private final Random random;

    SimulatedTroubles(SimulatedWorld world, Weather weather, Random random) {
        this.world = world;
        this.weather = weather;
        this.random = random;
    }

    @Override
    public void chooseEnd() {
        int steps = 1 + random.nextInt(random.nextInt(3) == 0 ? 100 : 3000);
        switch (random.nextInt(5)) {
            case 0 -> world.ofObjects.dieAfter(1 + steps / 8);
            case 1 -> world.ofRows.dieAfter(1 + steps / 8);
            case 2 -> world.ofControl.dieAfter(1 + steps / 100);
            case 3 -> world.ledgerDisk.crashAfter(1 + steps / 4);
            default -> world.spoolDisk.crashAfter(steps);
        }
    }

    @Override
    public void turn() {
        switch (random.nextInt(6)) {
            case 0 -> disks();
            case 1 -> inTrouble(weather.objects(), world.ofObjects);
            case 2 -> inTrouble(weather.rows(), world.ofRows);
            case 3 -> inTrouble(weather.control(), world.ofControl);
            case 4 -> clock();
            default -> damageRows();
        }
    }

    private void inTrouble(boolean may, Unreliable store) {
        if (may) {
            Unreliable.Trouble[] all = Unreliable.Trouble.values();
            store.trouble(all[random.nextInt(all.length)], 1 + random.nextInt(LONGEST));
        }
    }

    private void disks() {
        if (!weather.disks()) {
            return;
        }
        var disk = random.nextBoolean() ? world.spoolDisk : world.ledgerDisk;
        switch (random.nextInt(5)) {
            case 0 -> disk.failSyncs(1 + random.nextInt(3));
            case 1 -> disk.fullAt(1 + random.nextInt(4), 1 + random.nextInt(4));
            case 2 -> disk.broken(true);
            default -> {
                world.spoolDisk.broken(false);
                world.ledgerDisk.broken(false);
            }
        }
    }

    private void clock() {
        if (weather.clock()) {
            world.clock.set(
                    switch (random.nextInt(5)) {
                        case 0 -> YEARS;
                        case 1 -> YEARS.negated();
                        case 2 -> Duration.ofHours(random.nextInt(1, 100));
                        default -> Duration.ZERO;
                    });
        }
    }

    private void damageRows() {
        if (weather.rows() && random.nextInt(4) == 0) {
            world.rows.damageAll();
        }
    }

    @Override
    public void uncleanStop() {
        if (weather.rows() && random.nextInt(3) == 0) {
            world.rows.loseAll();
        }
    }
}
