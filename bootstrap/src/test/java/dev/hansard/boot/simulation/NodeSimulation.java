// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.retention.Pruning;
import dev.hansard.ports.session.SimulatedDisk.PowerLoss;
import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One node lived through several processes by one thread, all of it following from a seed: calls, commits, indexing,
 * entering, sealing, holds, erasures and pruning in any order, while disks, stores and clocks misbehave as the weather
 * has it, and the process dies at any step. After each death and at the end the {@link Invariants} are checked.
 */
final class NodeSimulation {
    private static final int SAMPLE = 12;
    private static final Duration LONG = Duration.ofDays(40);

    private final Random random;
    private final Weather weather;
    private final SimulatedWorld world;
    private final SimulatedCallers callers;
    private final SimulatedPeople people;
    private final Length length;
    private final Troubles troubles;
    private final Invariants invariants;
    private @Nullable SimulatedNode node;

    /** How long a run is: so many processes, of so many turns each. */
    record Length(int lives, int turns) {
        static final Length USUAL = new Length(4, 90);
        static final Length SHORT = new Length(1, 150);
    }

    /** Who makes the troubles of a run. */
    interface Fate {
        Troubles over(SimulatedWorld world, Random random);
    }

    /** A run in which anything may go wrong that the weather of its seed has. */
    NodeSimulation(long seed) {
        this(
                seed,
                Weather.of(seed),
                Length.USUAL,
                (world, random) -> new SimulatedTroubles(world, Weather.of(seed), random));
    }

    NodeSimulation(long seed, Weather weather, Length length, Fate fate) {
        random = new Random(seed);
        this.weather = weather;
        this.length = length;
        world = new SimulatedWorld(seed, weather.encrypted());
        callers = new SimulatedCallers(world, random);
        people = new SimulatedPeople(callers, random);
        troubles = fate.over(world, random);
        invariants = new Invariants(world, callers);
    }

    /** What happened in a run. */
    record Outcome(int exchanges, int acknowledged, int gone) {}

    Outcome run() throws IOException {
        for (int life = 0; life < length.lives(); life++) {
            live();
        }
        settle();
        int acknowledged = (int)
                callers.all().stream().filter(SimulatedCall::isAcknowledged).count();
        return new Outcome(callers.all().size(), acknowledged, invariants.gone());
    }

    private void live() {
        try {
            lookAround();
            troubles.chooseEnd();
            SimulatedNode now = start();
            for (int turn = 0; turn < length.turns(); turn++) {
                attempt(now);
            }
            throw new PowerLoss();
        } catch (PowerLoss _) {
            die();
        } catch (StorageException | IOException e) {
            // A start that finds its disks or stores failing is refused; the next one comes.
            requireCause(e);
            die();
        }
    }

    private SimulatedNode start() throws IOException {
        SimulatedNode started = SimulatedNode.start(world, random);
        node = started;
        callers.recovered();
        return started;
    }

    /** A process without troubles comes up, to see that all is well; it dies as well, and by a kill. */
    private void lookAround() throws IOException {
        SimulatedNode now = start();
        now.spool.restoreCatalog();
        now.spool.rest();
        List<SimulatedCall> all = List.copyOf(callers.all());
        invariants.check(
                now,
                all.isEmpty()
                        ? all
                        : random.ints(SAMPLE, 0, all.size()).mapToObj(all::get).toList());
        invariants.checkRows();
        if (random.nextInt(4) == 0) {
            invariants.verifyMeanwhile();
        }
        world.kill();
        now.close();
    }

    private void die() {
        boolean kill = !weather.power() || random.nextBoolean();
        callers.disconnected(kill);
        if (kill) {
            world.kill();
        } else {
            world.losePower();
        }
        SimulatedNode dead = node;
        node = null;
        if (dead != null) {
            dead.close();
        }
        invariants.seeWhatWent();
        troubles.uncleanStop();
        world.clock.pass(Duration.ofSeconds(random.nextInt(7200)));
    }

    private void attempt(SimulatedNode now) {
        try {
            turn(now);
        } catch (StorageException | IOException e) {
            requireCause(e);
        }
        invariants.seeWhatWent();
        callers.look();
        world.clock.pass(Duration.ofMillis(1 + random.nextInt(50)));
    }

    private void requireCause(Exception e) {
        if (!weather.hasFaults() && !weather.clock()) {
            throw new AssertionError("trouble without a cause", e);
        }
    }

    private void turn(SimulatedNode now) throws IOException {
        switch (random.nextInt(24)) {
            case 0, 1, 2, 3, 4, 5 -> callers.call(now.spool.spool());
            case 6, 7 -> callers.end(now.spool.spool());
            case 8 -> callers.giveUp();
            case 9, 10, 11, 12 -> now.spool.write();
            case 13, 14 -> now.spool.index();
            case 15, 16 -> now.spool.enter();
            case 17 -> now.spool.commitLedger();
            case 18 -> now.spool.seal();
            case 19 -> now.spool.restoreCatalog();
            case 20 -> people.act(now);
            case 21 -> pass();
            default -> troubles.turn();
        }
    }

    private void pass() {
        world.clock.pass(
                switch (random.nextInt(3)) {
                    case 0 -> Duration.ofSeconds(random.nextInt(30));
                    case 1 -> Duration.ofMinutes(random.nextInt(40));
                    default -> Duration.ofMinutes(random.nextInt(300));
                });
    }

    /** A last life without trouble: everything comes to rest, is pruned when it is due, and can be verified. */
    private void settle() throws IOException {
        world.clock.set(Duration.ZERO);
        try (SimulatedNode now = start()) {
            node = now;
            rest(now);
            SimulatedCall last = callers.last(now.spool.spool());
            rest(now);
            assertThat(now.spool.stats().files()).as("spool files left").isLessThanOrEqualTo(1);
            last.look();
            assertThat(last.isAcknowledged()).as("the last call").isTrue();
            invariants.seeWhatWent();
            invariants.check(now, callers.all());
            invariants.checkRows();
            invariants.verifyMeanwhile();
            pruneAll(now);
        }
    }

    private void rest(SimulatedNode now) throws IOException {
        now.spool.restoreCatalog();
        for (int i = 0; i < 30; i++) {
            world.clock.pass(Duration.ofMinutes(1));
            now.spool.rest();
            while (now.spool.seal()) {
                now.spool.rest();
            }
        }
    }

    private void pruneAll(SimulatedNode now) throws IOException {
        world.clock.pass(LONG);
        people.trustClock(now.retention);
        while (people.prune(now.retention) instanceof Pruning.Done done && done.left() > 0) {
            invariants.seeWhatWent();
        }
        invariants.seeWhatWent();
        rest(now);
        invariants.checkNothingIsDue();
        invariants.checkGone();
        invariants.checkRows();
        invariants.verify();
    }
}
