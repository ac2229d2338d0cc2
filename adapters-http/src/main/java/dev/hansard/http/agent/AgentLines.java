// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.agent;

import dev.hansard.http.deadline.Deadlines;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Keeps connections to the gateway at hand. Some always wait for a call; when calls take them, others are opened, up to
 * a limit; when they break, they are opened again, after a wait that grows as long as that fails. Safe for any number
 * of threads.
 */
public final class AgentLines implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AgentLines.class.getName());

    /** Connections that wait for a call at the least. */
    static final int LEAST_WAITING = 4;

    /** Connections that wait for a call at the most; below that, half as many as there are calls. */
    static final int MOST_WAITING = 64;

    /** How many are opened at the same time. */
    static final int MOST_AT_ONCE = 8;

    /** A connection that ends sooner and has carried nothing counts as a failure. */
    static final Duration SHORT = Duration.ofSeconds(1);

    /** How long calls may go on when the agent stops. */
    static final Duration DRAIN = Duration.ofSeconds(30);

    private final GatewaySettings gateway;
    private final LineServer server;
    private final Dialer dialer;
    private final Backoff backoff;
    private final Set<Dialer.Line> lines = ConcurrentHashMap.newKeySet();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int open;
    private int dialling;
    private int failures;
    private long retryAt;
    private String trouble = "";
    private boolean isStopping;

    private AgentLines(GatewaySettings gateway, LineServer server, Dialer dialer, Backoff backoff) {
        this.gateway = gateway;
        this.server = server;
        this.dialer = dialer;
        this.backoff = backoff;
    }

    /**
     * Begins to connect, and does not wait for it.
     *
     * @param random of the waits, and of what tells this process from others
     * @throws dev.hansard.ports.value.InvalidValueException when the files for TLS cannot be used; says why
     */
    public static AgentLines open(
            GatewaySettings gateway, LineServer server, Deadlines deadlines, RandomGenerator random) {
        String process = HexFormat.of().toHexDigits(random.nextLong());
        var lines = new AgentLines(gateway, server, new Dialer(gateway, process, deadlines), new Backoff(random));
        Thread.ofVirtual().name("hansard-agent-dialler").start(lines::keepAtHand);
        return lines;
    }

    /** A call has begun or ended. Does not block. */
    public void callsChanged() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Connections that are open now. */
    public int open() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    private void keepAtHand() {
        try {
            while (awaitNeed()) {
                Thread.ofVirtual().name("hansard-agent-line").start(this::dialAndServe);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits till one more is to be opened, and counts it. False at the stop. */
    private boolean awaitNeed() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!isStopping) {
                long left = failures == 0 ? 0 : retryAt - System.nanoTime();
                if (left > 0) {
                    long _ = changed.awaitNanos(left);
                } else if (isNeeded()) {
                    dialling++;
                    return true;
                } else {
                    changed.await();
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean isNeeded() {
        // While it fails, one at a time tries whether it works again.
        int atOnce = failures == 0 ? MOST_AT_ONCE : 1;
        int calls = server.inFlight();
        int waiting = Math.clamp(calls / 2, LEAST_WAITING, MOST_WAITING);
        int wanted = Math.min(calls + waiting, gateway.mostConnections());
        return dialling < atOnce && open + dialling < wanted;
    }

    private void dialAndServe() {
        Dialer.Line line;
        try {
            line = dialer.dial();
        } catch (IOException | RuntimeException e) {
            failed(
                    e instanceof HandshakeException
                            ? String.valueOf(e.getMessage())
                            : e.getClass().getSimpleName());
            return;
        }
        // Also at the stop: the gateway has it, and may have sent a call over it already. The server says good-bye.
        opened(line);
        long since = System.nanoTime();
        boolean wasOfUse = false;
        try {
            wasOfUse = server.serve(line.in(), line.out(), line.close());
        } finally {
            line.close().run();
            ended(line);
        }
        if (!wasOfUse && System.nanoTime() - since < SHORT.toNanos()) {
            dropped();
        }
    }

    private void failed(String why) {
        lock.lock();
        try {
            dialling--;
            retryLater();
            if (!why.equals(trouble)) {
                trouble = why;
                LOG.log(System.Logger.Level.WARNING, "no connection to the gateway: {0}; trying again", why);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A gateway, or what stands before it, that takes connections on and drops them is not to be hammered at. */
    private void dropped() {
        lock.lock();
        try {
            retryLater();
        } finally {
            lock.unlock();
        }
    }

    private void retryLater() {
        failures++;
        retryAt = System.nanoTime() + backoff.after(failures).toNanos();
        changed.signalAll();
    }

    private void opened(Dialer.Line line) {
        lock.lock();
        try {
            dialling--;
            failures = 0;
            trouble = "";
            changed.signalAll();
            lines.add(line);
            if (++open == 1) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "connected to {0} as agent ''{1}''",
                        gateway.address(),
                        gateway.name());
            }
        } finally {
            lock.unlock();
        }
    }

    private void ended(Dialer.Line line) {
        lock.lock();
        try {
            lines.remove(line);
            if (--open == 0 && !isStopping) {
                LOG.log(System.Logger.Level.INFO, "no longer connected to {0}", gateway.address());
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Stops: takes no further calls, lets those under way end within {@link #DRAIN}, then closes what is left. */
    @Override
    public void close() {
        lock.lock();
        try {
            isStopping = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        server.drain();
        try {
            awaitNone(DRAIN.toNanos());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        lines.forEach(line -> line.close().run());
    }

    private void awaitNone(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (long left = nanos; open + dialling > 0 && left > 0; ) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
