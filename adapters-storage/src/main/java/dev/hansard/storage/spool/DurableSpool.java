// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.session.MaskedExchange;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.Spool;
import dev.hansard.ports.session.SpoolState;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.session.Ticket;
import dev.hansard.ports.session.Ticket.Commit;
import dev.hansard.ports.usage.DiskGrade;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.spool.SpoolHealth.Ability;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The spool as callers see it: encodes on their thread, queues, and says what became of it. {@link SpoolWriter} does
 * the rest. Safe for any number of threads.
 */
final class DurableSpool implements Spool {
    private static final Logger LOG = System.getLogger(DurableSpool.class.getName());
    /** Most bytes of content that one frame is made of; arrays end at twice that. */
    private static final long MAX_CONTENT = 512L * 1024 * 1024;

    private final SpoolSettings settings;
    private final FlightTable flights;
    private final SpoolFiles files;
    private final SpoolHealth health;
    private final EntryQueue queue;
    private final InstantSource clock;
    private final FrameKeys keys;
    private final EncoderPool encoders;
    private final Patience patience;
    private final OpenIntents intents = new OpenIntents();
    private final Queue<SlotFlight> abandoned = new ConcurrentLinkedQueue<>();
    private final LongAdder recorded = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder refused = new LongAdder();

    DurableSpool(
            SpoolSettings settings,
            FlightTable flights,
            SpoolFiles files,
            SpoolHealth health,
            Sources sources,
            FrameKeys keys) {
        this.keys = keys;
        encoders = new EncoderPool(keys);
        this.settings = settings;
        this.flights = flights;
        this.files = files;
        this.health = health;
        clock = sources.clock();
        patience = new Patience(sources.nanos());
        queue = new EntryQueue(settings.queueBytes(), settings.groupBytes(), sources.nanos());
    }

    @Override
    public Flight begin(SessionId id, ServiceName service, String method, Durability durability) {
        int slot = flights.take(id, service, method, durability, clock.instant());
        return new SlotFlight(id, flights, slot, this::giveUp);
    }

    @Override
    public Ticket intent(MaskedExchange exchange) {
        if (health.ability() != Ability.ALL || health.grade() == DiskGrade.SCARCE || isOverfull(0)) {
            refused.increment();
            return Entry.REFUSED;
        }
        Session session = exchange.session();
        EncodedFrame frame = encode(FrameKind.INTENT, exchange);
        if (frame == null) {
            refused.increment();
            return Entry.REFUSED;
        }
        intents.expect(session.id());
        Entry entry = enqueue(frame, null, session.durability() == Durability.STRICT);
        if (entry == null) {
            refused.increment();
            intents.remove(session.id());
            return Entry.REFUSED;
        }
        return entry;
    }

    @Override
    public Ticket complete(MaskedExchange exchange, Flight flight) {
        SlotFlight mine = flight instanceof SlotFlight slotted && slotted.end() ? slotted : null;
        Session session = exchange.session();
        // The reserve is there for calls in flight: they may go beyond the limit by so much.
        boolean able = health.ability() != Ability.NOTHING && !isOverfull(settings.reserveBytes());
        EncodedFrame frame = able ? encode(FrameKind.COMPLETE, exchange) : null;
        if (frame != null) {
            Entry entry = enqueue(frame, mine, session.durability() == Durability.STRICT);
            if (entry != null) {
                return entry;
            }
        }
        lose(mine);
        return Entry.REFUSED;
    }

    @Override
    public SpoolState state() {
        SpoolState state = health.state();
        if (state instanceof SpoolState.Working && !keys.trouble().isEmpty()) {
            return new SpoolState.Failing("sessions cannot be encrypted: " + keys.trouble());
        }
        if (state instanceof SpoolState.Working && isOverfull(0)) {
            return new SpoolState.Failing("spool holds " + files.bytes() + " bytes, more than its limit of "
                    + settings.maxBytes() + "; the payload store does not keep up");
        }
        return state;
    }

    private boolean isOverfull(long allowance) {
        return files.bytes() > settings.maxBytes() + allowance;
    }

    private @Nullable EncodedFrame encode(FrameKind kind, MaskedExchange exchange) {
        long content =
                RecordCompressor.length(exchange.requestBody()) + RecordCompressor.length(exchange.responseBody());
        if (content > MAX_CONTENT) {
            return null;
        }
        try {
            return encoders.encode(kind, exchange);
        } catch (StorageException e) {
            // Without a key nothing is written: never in clear instead.
            LOG.log(Level.WARNING, "A session cannot be recorded: {0}", e.getMessage());
            return null;
        }
    }

    private @Nullable Entry enqueue(EncodedFrame frame, @Nullable SlotFlight flight, boolean urgent) {
        var entry = new Entry(frame, flight, urgent, false, patience);
        if (!urgent) {
            entry.onHurry(queue::hurry);
        }
        return queue.offer(entry) ? entry : null;
    }

    /** A call was given up before anything was sent: an intent that may be durable is taken back. */
    private void giveUp(SlotFlight flight) {
        if (!intents.remove(flight.id())) {
            flight.release();
            return;
        }
        FrameEncoder encoder = encoders.take();
        EncodedFrame frame;
        try {
            frame = encoder.encodeVoid(flight.id());
        } finally {
            encoders.giveBack(encoder);
        }
        // Without room for it a restart would show an incomplete session of no bytes, which is true as well.
        if (!queue.offer(new Entry(frame, flight, false, false, patience))) {
            flight.release();
        }
    }

    /** Called by the writer when an entry is durable. */
    void durable(Entry entry) {
        EncodedFrame frame = entry.frame();
        switch (frame.kind()) {
            case INTENT ->
                intents.place(new OpenIntents.Place(frame.id(), entry.fileNumber(), entry.offset(), frame.length()));
            case COMPLETE, INCOMPLETE -> {
                intents.remove(frame.id());
                recorded.increment();
            }
            case VOID -> {
                // It was forgotten when it was taken back.
            }
        }
        SlotFlight flight = entry.flight();
        if (flight != null) {
            flight.release();
        }
        settle(entry, Commit.DURABLE);
    }

    /** Called by the writer when an entry cannot be written. */
    void failed(Entry entry) {
        EncodedFrame frame = entry.frame();
        switch (frame.kind()) {
            case INTENT -> {
                if (!entry.isCarried()) {
                    intents.remove(frame.id());
                }
            }
            case COMPLETE, INCOMPLETE -> lose(entry.flight());
            case VOID -> {
                SlotFlight flight = entry.flight();
                if (flight != null) {
                    flight.release();
                }
            }
        }
        settle(entry, Commit.FAILED);
    }

    private void settle(Entry entry, Commit commit) {
        queue.release(entry.frame().heldBytes());
        entry.settle(commit);
    }

    private void lose(@Nullable SlotFlight flight) {
        lost.increment();
        if (flight != null) {
            abandoned.add(flight);
        }
    }

    /** A call whose record was lost; its flight is still there. */
    @Nullable
    SlotFlight nextAbandoned() {
        return abandoned.poll();
    }

    void abandonAgain(SlotFlight flight) {
        abandoned.add(flight);
    }

    Patience patience() {
        return patience;
    }

    EntryQueue queue() {
        return queue;
    }

    FrameKeys keys() {
        return keys;
    }

    OpenIntents intents() {
        return intents;
    }

    EncoderPool encoders() {
        return encoders;
    }

    long recorded() {
        return recorded.sum();
    }

    long lost() {
        return lost.sum();
    }

    long refused() {
        return refused.sum();
    }
}
