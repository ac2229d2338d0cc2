// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import dev.hansard.core.masking.MaskingProgram;
import dev.hansard.core.masking.RawExchange;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.OverloadAction;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.masking.MaskCounts;
import dev.hansard.ports.session.MaskedExchange;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.session.Spool;
import dev.hansard.ports.session.SpoolState;
import dev.hansard.ports.session.Ticket;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Turns exchanges into records: masks them and hands them to the spool. A strict call waits for its record on its own
 * thread; a relaxed one is queued, within bounds, for the thread that {@link RelaxedQueue} runs. Safe for any number of
 * threads.
 */
public final class Recorder implements AutoCloseable {
    private static final List<Field> TRY_AGAIN = List.of(new Field("Retry-After", "1"));
    /** Quotas are looked at once a minute. */
    private static final List<Field> TRY_LATER = List.of(new Field("Retry-After", "60"));

    private final Spool spool;
    private final MaskingProgram masking;
    private final TapePool tapes;
    private final RecorderSettings settings;
    private final UnaryOperator<Session> retention;
    private final RecordRoom room;
    private final RelaxedQueue queue;
    private final MaskGate gate;
    private final LongAdder lost = new LongAdder();
    private final MaskTally withheld = new MaskTally();

    public Recorder(Spool spool, MaskingProgram masking, TapePool tapes, RecorderSettings settings) {
        this(spool, masking, tapes, settings, UnaryOperator.identity(), RecordRoom.UNLIMITED);
    }

    /**
     * Records into a spool.
     *
     * @param retention gives each session that has ended the class that says how long it stays
     * @param room says whether a service may have more records
     */
    public Recorder(
            Spool spool,
            MaskingProgram masking,
            TapePool tapes,
            RecorderSettings settings,
            UnaryOperator<Session> retention,
            RecordRoom room) {
        this.spool = spool;
        this.masking = masking;
        this.tapes = tapes;
        this.settings = settings;
        this.retention = retention;
        this.room = room;
        this.gate = new MaskGate(settings.maskBytes());
        this.queue = new RelaxedQueue(settings, this::store);
    }

    /** How a record ended up. */
    public enum Result {
        /** In the spool, as durable as the service asks. */
        STORED,
        /** Not stored, or not known to be. */
        MISSING
    }

    /** A tape for one of a call's two messages. Where there is no room for contents it takes none. */
    public Tape tape(ServiceName service, RecordPolicy policy) {
        boolean isBare = policy.onOverload() == OverloadAction.METADATA
                && (spool.state() instanceof SpoolState.Scarce
                        || !room.lack(service).isEmpty());
        return new Tape(tapes, isBare ? 0 : policy.bodyBytes());
    }

    /** Why a call to a service of that policy cannot be recorded now; null when it can. */
    public @Nullable Refusal refusal(ServiceName service, RecordPolicy policy) {
        boolean isStrict = policy.durability() == Durability.STRICT;
        boolean isWhole = policy.onOverload() == OverloadAction.REJECT;
        SpoolState state = spool.state();
        if (isStrict && !(state instanceof SpoolState.Working)) {
            return unavailable();
        }
        String lack = room.lack(service);
        if (!lack.isEmpty() && (isStrict || isWhole)) {
            return new Refusal(503, "quota_exceeded", lack + " Ask its operators to make room.", TRY_LATER);
        }
        boolean full = state instanceof SpoolState.Scarce
                || !tapes.hasRoom()
                || (policy.durability() == Durability.RELAXED && queue.isFull());
        if (full && isWhole) {
            return new Refusal(
                    503, "recorder_overloaded", "The recorder has no room for this call; try again later.", TRY_AGAIN);
        }
        return null;
    }

    /** The answer to a strict call whose record cannot be promised. */
    public static Refusal unavailable() {
        return new Refusal(
                503,
                "recorder_unavailable",
                "This service's calls must be recorded, and the record cannot be made durable now; try again later.",
                TRY_AGAIN);
    }

    /**
     * What a record of this exchange would hold, for people who have to see it now. Where there is no memory for
     * masking its content within the record deadline it comes without.
     */
    public MaskedExchange preview(RawExchange exchange) {
        long bytes = masking.workingBytes(exchange.session());
        if (!gate.enter(bytes, settings.recordDeadline())) {
            return masking.mask(exchange.withoutContent());
        }
        try {
            return masking.mask(exchange);
        } finally {
            gate.leave(bytes);
        }
    }

    /** Notes a call in flight. */
    public Spool.Flight begin(SessionId id, ServiceName service, String method, Durability durability) {
        return spool.begin(id, service, method, durability);
    }

    /** Makes an intent durable; blocks no longer than the record deadline. */
    public Result intent(RawExchange exchange) {
        return await(spool.intent(masking.mask(exchange)));
    }

    /**
     * Makes a completion durable; blocks no longer than the record deadline. The tapes are released.
     */
    public Result complete(Completion completion) {
        try {
            return await(write(completion));
        } finally {
            completion.release();
        }
    }

    /**
     * Queues a completion; when the queue is half full it is written at once, on the caller's thread. When there is no
     * room for its content it is recorded without, when there is none for it at all it is missing.
     */
    public Result completeBehind(Completion completion) {
        return queue.offer(completion) ? Result.STORED : Result.MISSING;
    }

    /**
     * Masks a completion and gives it to the spool. Where there is no memory for masking its content within the record
     * deadline it is recorded without.
     */
    private Ticket write(Completion completion) {
        long bytes = masking.workingBytes(completion.session());
        if (!gate.enter(bytes, settings.recordDeadline())) {
            return toSpool(completion.withoutContent());
        }
        try {
            return toSpool(completion);
        } finally {
            gate.leave(bytes);
        }
    }

    private Ticket toSpool(Completion completion) {
        MaskedExchange masked = masking.mask(completion.classified(retention).exchange());
        // An intent holds no content and is not counted: its completion is.
        withheld.count(masked.session());
        return spool.complete(masked, completion.flight());
    }

    /** The thread of the queue must survive whatever one record does to it; what is lost is counted. */
    private void store(Completion completion) {
        try {
            Ticket ticket = write(completion);
            if (ticket.await(Duration.ZERO) == Ticket.Commit.FAILED) {
                lose(completion);
            }
        } catch (RuntimeException _) {
            lose(completion);
        } finally {
            completion.release();
        }
    }

    /** A refusal is counted as such whether or not it is on record. */
    private void lose(Completion completion) {
        if (completion.session().state() != SessionState.REFUSED) {
            lost.increment();
        }
    }

    /** Queued records of calls that were forwarded, but could not be written. */
    public long lost() {
        return lost.sum();
    }

    /** What masking has withheld from the records. */
    public MaskCounts maskCounts() {
        return withheld.counts();
    }

    private Result await(Ticket ticket) {
        return ticket.await(settings.recordDeadline()) == Ticket.Commit.DURABLE ? Result.STORED : Result.MISSING;
    }

    /** Writes what is queued, then stops. The spool is closed after this. */
    @Override
    public void close() {
        queue.close();
    }
}
