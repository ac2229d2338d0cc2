// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.usage;

import dev.hansard.core.notify.Alerts;
import dev.hansard.core.notify.Ladder;
import dev.hansard.core.retention.Pruner;
import dev.hansard.core.session.RecordRoom;
import dev.hansard.core.usage.Consumption.Found;
import dev.hansard.core.usage.Consumption.Sum;
import dev.hansard.ports.notify.Alert;
import dev.hansard.ports.retention.Pruning;
import dev.hansard.ports.usage.WhenFull;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps services within their quotas. Every node looks ({@link #look}) and refuses calls by what it saw; one of them
 * acts for all ({@link #act}): it raises alerts and removes the oldest sessions. Between two looks a service can go
 * beyond its quota by what it records meanwhile.
 *
 * <p>A service that prunes and has nothing left to go, because all is held or in the spool, goes on: a legal hold must
 * not put a service out of order. An alert says so, and before the disk is full its own grades refuse strict calls.
 */
public final class QuotaKeeper implements RecordRoom {
    /** How often to look. */
    public static final Duration EVERY = Duration.ofMinutes(1);

    /** A look that takes long is followed by a rest of so many times that. */
    private static final int REST = 20;

    /** So much of what one run of retention takes may go for quotas within that time, whatever they say. */
    private static final long BUDGET_NANOS = Duration.ofHours(1).toNanos();

    private static final Ladder EXCEEDED = new Ladder(List.of(Quotas.FULL), Quotas.GAP);
    private static final String SUBJECT = "quota:";
    private static final String STUCK = "quota-stuck:";

    private final Consumption consumption;
    private final Quotas quotas;
    private final @Nullable Pruner pruner;
    private final Alerts alerts;
    private final LongSupplier nanos;
    private final Ladder ladder;
    private volatile Map<ServiceName, String> lacks = Map.of();
    private volatile Map<ServiceName, Integer> exceeded = Map.of();
    private @Nullable Found found;
    /** Whether it was acted on what was found last. */
    private boolean isDone;

    private long nextLook;
    private long budgetFrom;
    private int spent;

    /**
     * Keeps to these.
     *
     * @param pruner null where nothing can be removed
     * @param nanos a clock that only goes forward
     */
    public QuotaKeeper(
            Consumption consumption, Quotas quotas, @Nullable Pruner pruner, Alerts alerts, LongSupplier nanos) {
        this.consumption = consumption;
        this.quotas = quotas;
        this.pruner = pruner;
        this.alerts = alerts;
        this.nanos = nanos;
        var steps = new ArrayList<>(quotas.alertAt());
        steps.add(Quotas.FULL);
        this.ladder = new Ladder(steps, Quotas.GAP);
        this.nextLook = nanos.getAsLong();
        this.budgetFrom = nextLook;
    }

    @Override
    public String lack(ServiceName service) {
        return lacks.getOrDefault(service, "");
    }

    /** Whether a service is beyond its quota, or has not come back far enough below it. */
    boolean isExceeded(ServiceName service) {
        return exceeded.getOrDefault(service, 0) > 0;
    }

    /**
     * Sees what each service takes.
     *
     * @throws dev.hansard.ports.session.StorageException when that cannot be seen; what was seen last holds
     */
    public synchronized void look() {
        long begun = nanos.getAsLong();
        if (!quotas.isAny() || begun - nextLook < 0) {
            return;
        }
        Found now = consumption.now();
        long ended = nanos.getAsLong();
        nextLook = ended + (ended - begun) * REST;
        var levels = new HashMap<ServiceName, Integer>();
        var refused = new HashMap<ServiceName, String>();
        now.services().forEach((service, sum) -> {
            Long limit = quotas.of(service);
            int before = exceeded.getOrDefault(service, 0);
            int level = limit == null ? 0 : EXCEEDED.level(before, percent(sum, limit));
            if (limit != null && level > 0) {
                levels.put(service, level);
                if (quotas.whenFull() == WhenFull.REJECT) {
                    refused.put(service, "Service " + service + " has used up its quota of " + limit + " bytes.");
                }
            }
        });
        exceeded = Map.copyOf(levels);
        lacks = Map.copyOf(refused);
        found = now;
        isDone = false;
    }

    private static double percent(Sum sum, long limit) {
        return (double) sum.bytes() * Quotas.FULL / limit;
    }

    /**
     * Raises and clears alerts by what was seen last, and removes what has to go.
     *
     * @throws dev.hansard.ports.session.StorageException when a store fails; done again with the next look
     */
    public synchronized void act() {
        if (found == null) {
            look();
        }
        Found now = found;
        if (now == null || isDone) {
            return;
        }
        isDone = true;
        var seen = new TreeSet<String>();
        for (Map.Entry<ServiceName, Sum> entry : now.services().entrySet()) {
            Long limit = quotas.of(entry.getKey());
            if (limit != null) {
                seen.add(SUBJECT + entry.getKey());
                seen.add(STUCK + entry.getKey());
                act(now, entry.getKey(), entry.getValue(), limit);
            }
        }
        clearOthers(seen);
    }

    private void act(Found now, ServiceName service, Sum sum, long limit) {
        double percent = percent(sum, limit);
        String subject = SUBJECT + service;
        int level = ladder.level(alerts.level(subject), percent);
        alerts.read(new Alerts.Reading(subject, level, state(level), detail(service, sum, limit)));
        if (percent < Quotas.FULL - Quotas.GAP) {
            readStuck(service, 0, "it has room again");
        } else if (isExceeded(service) && quotas.whenFull() == WhenFull.PRUNE_OLDEST) {
            prune(now, service, sum.bytes() - limit * (Quotas.FULL - Quotas.GAP) / Quotas.FULL + 1);
        }
    }

    private String state(int level) {
        if (level == 0) {
            return Alerts.FINE;
        }
        int step = ladder.steps().get(level - 1);
        return step == Quotas.FULL ? "full" : step + "%";
    }

    private static String detail(ServiceName service, Sum sum, long limit) {
        return String.format(
                Locale.ROOT,
                "service %s takes %d of %d bytes, %.1f %% of its quota",
                service,
                sum.bytes(),
                limit,
                percent(sum, limit));
    }

    private void prune(Found now, ServiceName service, long bytes) {
        if (pruner == null) {
            readStuck(service, 1, "the control store keeps no holds, so nothing can be removed");
            return;
        }
        int limit = Pruner.most(now.segments()) - spent();
        if (limit <= 0) {
            return;
        }
        Pruning.Done done = pruner.pruneOldest(service, bytes, limit);
        spent += done.segments();
        if (done.segments() == 0) {
            readStuck(
                    service,
                    1,
                    "all that is left is held, locked in the payload store or still in the spool; its calls go on");
        }
        // Seen anew before anything else is removed.
        nextLook = nanos.getAsLong();
    }

    /** Segments that went within the time of the budget. */
    private int spent() {
        long now = nanos.getAsLong();
        if (now - budgetFrom >= BUDGET_NANOS) {
            budgetFrom = now;
            spent = 0;
        }
        return spent;
    }

    private void readStuck(ServiceName service, int level, String why) {
        alerts.read(new Alerts.Reading(
                STUCK + service,
                level,
                level == 0 ? Alerts.FINE : "stuck",
                "service " + service + " is beyond what its quota comes back to, and " + why));
    }

    /** A quota that was taken out of the configuration, or a service of which nothing is left, alerts nobody. */
    private void clearOthers(Set<String> seen) {
        for (Alert alert : alerts.raised()) {
            boolean isOurs =
                    alert.subject().startsWith(SUBJECT) || alert.subject().startsWith(STUCK);
            if (isOurs && !seen.contains(alert.subject())) {
                alerts.read(
                        new Alerts.Reading(alert.subject(), 0, Alerts.FINE, "there is no quota to exceed any more"));
            }
        }
    }
}
