// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.core.lease.LeasedJob;
import dev.hansard.ports.lease.Leases;
import dev.hansard.ports.value.NodeName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The threads of what one node does for all that share its control store, and of what each does for itself. */
final class SharedJobs implements AutoCloseable {
    /** How long work that is under way may take to its end when the node stops; then it ends with the process. */
    private static final Duration END = Duration.ofSeconds(30);

    private final NodeName node;
    private final Leases leases;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Running> jobs = new ArrayList<>();

    private final List<Thread> own = new ArrayList<>();

    private record Running(LeasedJob job, Thread worker, Thread renewer) {}

    SharedJobs(NodeName node, Leases leases) {
        this.node = node;
        this.leases = leases;
    }

    /**
     * Has something done by one node at a time.
     *
     * @param name of its lease
     * @param every how often each node sees whether it is its turn
     */
    void start(String name, Duration every, Runnable work) {
        var job = new LeasedJob(name, node, leases, work);
        // Platform threads: they wait for disks and databases, and there are but few.
        jobs.add(new Running(
                job, thread("job-" + name, every, job::tick), thread("lease-" + name, LeasedJob.RENEWAL, job::renew)));
    }

    /** Has something done that each node does for itself. */
    void startHere(String name, Duration every, Runnable work) {
        own.add(thread(name, every, work));
    }

    private Thread thread(String name, Duration every, Runnable task) {
        return Thread.ofPlatform().name("hansard-" + name).daemon(true).start(() -> repeat(every, task));
    }

    @SuppressWarnings("CatchingUnchecked") // Without its thread the work would never be done again.
    private void repeat(Duration every, Runnable task) {
        try {
            do {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    System.getLogger(SharedJobs.class.getName())
                            .log(System.Logger.Level.ERROR, "work that comes again failed", e);
                }
            } while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets work that is under way come to its end, and gives the leases up. */
    @Override
    public void close() {
        closing.countDown();
        try {
            for (Running running : jobs) {
                if (running.worker().join(END)) {
                    running.job().close();
                }
                running.renewer().join(END);
            }
            for (Thread each : own) {
                each.join(END);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
