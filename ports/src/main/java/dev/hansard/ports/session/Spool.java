// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;

/**
 * The local write-ahead file that makes sessions durable. Safe for any number of threads. Nothing here blocks on the
 * disk but {@link Ticket#await}; a full queue answers with a ticket that has failed.
 *
 * @since 0.1
 */
public interface Spool {
    /**
     * Notes a call in flight in memory that outlives the process (not a power loss), so that after a kill its record
     * says how many bytes had gone each way. Costs no I/O.
     */
    Flight begin(SessionId id, ServiceName service, String method, Durability durability);

    /** Appends the intent of a call: its session so far, without content. */
    Ticket intent(MaskedExchange exchange);

    /** Appends the record of a call that has ended, and closes its flight once the record is in the file. */
    Ticket complete(MaskedExchange exchange, Flight flight);

    /** Whether records can be made durable right now, and if not, why. */
    SpoolState state();

    /** A call in flight. Owned by the call's thread. */
    interface Flight {
        /** Content bytes seen so far, request and response. */
        void progress(long requestBytes, long responseBytes);

        /** Gives the flight up without a record; for calls that are refused before anything was sent. */
        void discard();
    }
}
