// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.limit;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.value.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Holds the calls of one service to its limits. A call that is refused has taken nothing: neither a seat nor a part of
 * any rate. Safe for any number of threads.
 */
final class Limiter {
    /** So many refusals of one service are recorded in a time; what is more is only counted. */
    static final RateLimit RECORDED = new RateLimit(new Rate(10, Rate.Period.SECOND), 100, RateLimit.Per.SERVICE);

    private static final long SECOND = 1_000_000_000;

    /** When a call in flight will end is not known: what a caller can do is not to ask again at once. */
    private static final long SEAT_WAIT = SECOND;

    private final ServiceName service;
    private final ServiceLimits limits;
    private final List<RateGate> rates;
    private final Seats seats = new Seats();
    private final CallerTable<Seats> seatsOfCallers;
    private final Bucket recorded;
    private final LongAdder tooFast = new LongAdder();
    private final LongAdder callerFull = new LongAdder();
    private final LongAdder serviceFull = new LongAdder();
    private final LongAdder unrecorded = new LongAdder();

    Limiter(ServiceName service, ServiceLimits limits, long now) {
        this.service = service;
        this.limits = limits;
        this.rates = limits.rates().stream()
                .map(rate -> new RateGate(rate, limits.callers(), now))
                .toList();
        this.seatsOfCallers = new CallerTable<>(_ -> new Seats(), limits.callers());
        this.recorded = new Bucket(RECORDED, now);
    }

    /** Lets a call in, or not. */
    Entry enter(String provider, String name, long now) {
        Entry entry = seat(provider, name, limits.inFlight(), limits.inFlightOfCaller(), now);
        if (entry instanceof Entry.Over) {
            return entry;
        }
        Refusal refusal = pass(0, provider, name, now);
        if (refusal == null) {
            return entry;
        }
        entry.leave();
        return over(refusal, now);
    }

    /** Lets a call in that was let in before and has waited; it counts, but is not refused. */
    Entry readmit(String provider, String name, long now) {
        return seat(provider, name, Integer.MAX_VALUE, Integer.MAX_VALUE, now);
    }

    private Entry seat(String provider, String name, int most, int mostOfCaller, long now) {
        boolean isCounted = limits.inFlight() > 0;
        if (isCounted && seats.take(most) != Seats.Taking.TAKEN) {
            serviceFull.increment();
            return over(serviceBusy(), now);
        }
        if (limits.inFlightOfCaller() == 0) {
            return isCounted ? new Entry.Seated(seats, null) : Entry.Free.FREE;
        }
        Seats own = seatOfCaller(provider, name, mostOfCaller, now);
        if (own != null) {
            return new Entry.Seated(isCounted ? seats : null, own);
        }
        if (isCounted) {
            seats.leave();
        }
        callerFull.increment();
        return over(callerBusy(), now);
    }

    /** The seats of which one was taken; null when there is none. */
    private @Nullable Seats seatOfCaller(String provider, String name, int most, long now) {
        while (true) {
            Seats own = seatsOfCallers.find(provider, name, now);
            switch (own.take(most)) {
                case TAKEN -> {
                    return own;
                }
                case FULL -> {
                    return null;
                }
                case RETIRED -> seatsOfCallers.forget(provider, name, own);
            }
        }
    }

    /** Takes of this rate and all behind it; of none when one of them refuses. */
    private @Nullable Refusal pass(int index, String provider, String name, long now) {
        if (index == rates.size()) {
            return null;
        }
        RateGate gate = rates.get(index);
        Bucket bucket = gate.bucket(provider, name, now);
        long wait = bucket.take(now);
        while (wait == Bucket.RETIRED) {
            gate.forget(provider, name, bucket);
            bucket = gate.bucket(provider, name, now);
            wait = bucket.take(now);
        }
        if (wait > 0) {
            tooFast.increment();
            return tooFast(gate.limit(), wait);
        }
        Refusal later = pass(index + 1, provider, name, now);
        if (later != null) {
            bucket.giveBack();
        }
        return later;
    }

    private Entry.Over over(Refusal refusal, long now) {
        boolean isRecorded = recorded.take(now) == 0;
        if (!isRecorded) {
            unrecorded.increment();
        }
        return new Entry.Over(refusal, isRecorded);
    }

    private Refusal tooFast(RateLimit limit, long wait) {
        String whose = limit.per() == RateLimit.Per.CALLER ? " of one caller" : " of all callers together";
        return refusal(
                429,
                "rate_limited",
                "Service '" + service + "' takes " + limit.rate() + whose + ", and at most " + limit.burst()
                        + " at once;",
                wait);
    }

    private Refusal callerBusy() {
        return refusal(
                429,
                "in_flight_limited",
                "Service '" + service + "' takes " + limits.inFlightOfCaller() + " calls of one caller at a time;",
                SEAT_WAIT);
    }

    private Refusal serviceBusy() {
        return refusal(
                503,
                "service_busy",
                "Service '" + service + "' takes " + limits.inFlight() + " calls at a time;",
                SEAT_WAIT);
    }

    /** Whole seconds, rounded up, since less would be too early (RFC 9110 section 10.2.3). */
    private static Refusal refusal(int status, String code, String what, long wait) {
        String seconds = Long.toString(Math.ceilDiv(wait, SECOND));
        return new Refusal(
                status, code, what + " try again in " + seconds + " s.", List.of(new Field("Retry-After", seconds)));
    }

    /** Adds its counters, by their names as metrics. */
    void count(Map<String, Long> figures) {
        String label = "{service=\"" + service + "\"";
        figures.put("hansard_limit_refused_total" + label + ",reason=\"rate\"}", tooFast.sum());
        figures.put("hansard_limit_refused_total" + label + ",reason=\"caller_in_flight\"}", callerFull.sum());
        figures.put("hansard_limit_refused_total" + label + ",reason=\"in_flight\"}", serviceFull.sum());
        figures.put("hansard_limit_refused_unrecorded_total" + label + "}", unrecorded.sum());
        if (limits.inFlight() > 0) {
            figures.put("hansard_limit_in_flight" + label + "}", (long) seats.taken());
        }
    }
}
