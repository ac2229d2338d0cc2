// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.simulation;

import dev.hansard.ports.session.Spool;
import dev.hansard.ports.session.Spool.Flight;
import dev.hansard.ports.session.Ticket;
import dev.hansard.ports.session.Ticket.Commit;
import dev.hansard.ports.value.SessionId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call as those outside know it: what they asked of the spool, and what they were told. */
final class SimulatedCall {
    final SimulatedExchange exchange;
    private final Flight flight;
    private final @Nullable Ticket intent;
    private @Nullable Ticket completion;
    private boolean discarded;
    private boolean intentDurable;
    private boolean acknowledged;
    private boolean surelyInFlight;
    private boolean erasing;
    private boolean erased;

    private SimulatedCall(SimulatedExchange exchange, Flight flight, @Nullable Ticket intent) {
        this.exchange = exchange;
        this.flight = flight;
        this.intent = intent;
    }

    /** Begins a call as the gateway does: a strict one with an intent. */
    static SimulatedCall begin(SimulatedExchange exchange, Spool spool) {
        var session = exchange.session();
        Flight flight = spool.begin(session.id(), session.service(), session.method(), session.durability());
        Ticket intent = exchange.isStrict() ? spool.intent(exchange.intent()) : null;
        flight.progress(exchange.request().length(), exchange.response().length());
        return new SimulatedCall(exchange, flight, intent);
    }

    SessionId id() {
        return exchange.session().id();
    }

    boolean isOpen() {
        return completion == null && !discarded;
    }

    /** It ends; a strict one whose intent is not durable was never sent, and is given up instead. */
    void end(Spool spool) {
        look();
        if (intent != null && intent.await(Duration.ZERO) == Commit.FAILED) {
            discard();
        } else {
            completion = spool.complete(exchange, flight);
        }
    }

    void discard() {
        discarded = true;
        flight.discard();
    }

    /** Remembers what is promised by now. */
    void look() {
        intentDurable |= intent != null && intent.await(Duration.ZERO) == Commit.DURABLE;
        acknowledged |= completion != null && completion.await(Duration.ZERO) == Commit.DURABLE;
    }

    /** The process was killed while the call was in flight, and the next one has written that down. */
    void survived() {
        surelyInFlight = true;
    }

    /** Somebody has asked for it to be erased; it may come to that. */
    void erasing() {
        erasing = true;
    }

    /** Somebody was told that it is erased. */
    void erased() {
        erased = true;
    }

    boolean isErasing() {
        return erasing;
    }

    /** Its record was durable: it must be there as it was. */
    boolean isAcknowledged() {
        return acknowledged;
    }

    /** There must be a record of some kind. */
    boolean isPromised() {
        return acknowledged || (intentDurable && !discarded) || surelyInFlight;
    }

    boolean isErased() {
        return erased;
    }
}
