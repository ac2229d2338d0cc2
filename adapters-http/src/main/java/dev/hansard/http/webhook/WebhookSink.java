// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.webhook;

import dev.hansard.http.webhook.Poster.Outcome;
import dev.hansard.http.webhook.WebhookSettings.Limits;
import dev.hansard.ports.notify.Notice;
import dev.hansard.ports.notify.NoticeSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Delivers notices to one URL, in order, one at a time: while one cannot be delivered the others wait, since they would
 * fare no better. Each is delivered at least once or dropped, which is counted. What waits is in memory and ends with
 * the process.
 */
public final class WebhookSink implements NoticeSink {
    private static final Logger LOG = System.getLogger(WebhookSink.class.getName());
    private static final int ID_BYTES = 16;
    /** A notice that is refused this often is dropped, so that it does not hold up the others. */
    private static final int MOST_REFUSALS = 3;

    private final WebhookSettings settings;
    private final Clocks clocks;
    private final Poster poster;
    private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Thread worker;
    private volatile String trouble = "";
    private boolean closing;
    private boolean ended;

    private WebhookSink(WebhookSettings settings, Clocks clocks) {
        this.settings = settings;
        this.clocks = clocks;
        this.poster = new Poster(settings.url(), Signature.of(settings.secret()), settings.limits());
        this.worker = Thread.ofPlatform()
                .name("hansard-sink-" + settings.name())
                .daemon(true)
                .unstarted(this::run);
    }

    /**
     * Where time and chance come from.
     *
     * @param nanos a clock that only goes forward
     * @param random must not be guessed by others: ids are made of it
     */
    public record Clocks(InstantSource wall, LongSupplier nanos, RandomGenerator random) {}

    /** A sink that works until it is closed. */
    public static WebhookSink open(WebhookSettings settings, Clocks clocks) {
        var sink = new WebhookSink(settings, clocks);
        sink.worker.start();
        return sink;
    }

    @Override
    public void tell(Notice notice) {
        if (!settings.wants(notice.type())) {
            return;
        }
        var id = new byte[ID_BYTES];
        clocks.random().nextBytes(id);
        var delivery = Delivery.of(
                notice, "msg_" + HexFormat.of().formatHex(id), clocks.nanos().getAsLong());
        lock.lock();
        try {
            if (closing || ended || waiting.size() >= settings.limits().waiting()) {
                drop(delivery, ended ? "the other side wants no more" : "there is no room for it");
            } else {
                waiting.add(delivery);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void drop(Delivery delivery, String why) {
        dropped.increment();
        LOG.log(
                Level.ERROR,
                "Sink {0}: notice {1} ({2}) is dropped: {3}",
                settings.name(),
                delivery.id(),
                delivery.type(),
                why);
    }

    private void run() {
        try (poster) {
            Delivery next = next();
            while (next != null) {
                deliver(next);
                next = next();
            }
        } catch (InterruptedException _) {
            // Told to stop; what waits is counted by whoever said so.
        }
    }

    /** The first that waits, which stays in its place; null at the end. */
    private @Nullable Delivery next() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closing) {
                changed.await();
            }
            return waiting.peekFirst();
        } finally {
            lock.unlock();
        }
    }

    private void deliver(Delivery delivery) throws InterruptedException {
        int refusals = 0;
        for (int attempt = 0; true; attempt++) {
            long timestamp = clocks.wall().instant().getEpochSecond();
            switch (poster.post(delivery, timestamp)) {
                case Outcome.Taken _ -> {
                    delivered.increment();
                    note("");
                    done();
                    return;
                }
                case Outcome.Ended _ -> {
                    failed.increment();
                    note("the other side wants no more (status 410); take the sink out of the configuration");
                    end();
                    return;
                }
                case Outcome.Refused(String why) -> {
                    failed.increment();
                    note(why);
                    if (++refusals == MOST_REFUSALS || isOld(delivery)) {
                        drop(delivery, why);
                        done();
                        return;
                    }
                    pause(attempt, 0);
                }
                case Outcome.Failed(String why, long wish) -> {
                    failed.increment();
                    note(why);
                    if (isOld(delivery)) {
                        drop(delivery, why);
                        done();
                        return;
                    }
                    pause(attempt, wish);
                }
            }
        }
    }

    /** Said once when it begins and once when it ends, not for each attempt. */
    private void note(String now) {
        boolean isNew = trouble.isEmpty() != now.isEmpty();
        trouble = now;
        if (isNew && !now.isEmpty()) {
            LOG.log(Level.WARNING, "Sink {0} cannot deliver: {1}; it is tried again", settings.name(), now);
        } else if (isNew) {
            LOG.log(Level.INFO, "Sink {0} delivers again", settings.name());
        }
    }

    private boolean isOld(Delivery delivery) {
        long age = clocks.nanos().getAsLong() - delivery.bornNanos();
        return age >= settings.limits().giveUp().toNanos();
    }

    private void done() {
        lock.lock();
        try {
            waiting.pollFirst();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            waiting.forEach(delivery -> drop(delivery, "the other side wants no more"));
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Twice as long after each failure, give or take a half, so that nodes that fail together do not come together. */
    private void pause(int attempt, long wish) throws InterruptedException {
        Limits limits = settings.limits();
        long first = limits.firstPause().toNanos();
        long most = limits.longestPause().toNanos();
        long usual = Math.min(most, first << Math.min(attempt, Byte.SIZE * 2));
        long nanos = usual / 2 + clocks.random().nextLong(usual) + TimeUnit.SECONDS.toNanos(wish);
        lock.lock();
        try {
            while (nanos > 0 && !closing) {
                nanos = changed.awaitNanos(nanos);
            }
            if (closing) {
                throw new InterruptedException("the sink is closed");
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Figures figures() {
        lock.lock();
        try {
            return new Figures(waiting.size(), delivered.sum(), failed.sum(), dropped.sum(), trouble);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close(Duration patience) {
        try {
            lock.lock();
            try {
                closing = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            if (!worker.join(patience)) {
                worker.interrupt();
                worker.join(Duration.ofSeconds(1));
            }
        } catch (InterruptedException _) {
            worker.interrupt();
            Thread.currentThread().interrupt();
        }
        lock.lock();
        try {
            waiting.forEach(delivery -> drop(delivery, "the node stops"));
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }
}
