// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import dev.hansard.core.masking.RawExchange;
import dev.hansard.core.masking.exact.ExactValues;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.Spool;
import java.util.function.UnaryOperator;

/**
 * An ended call on its way into the record, with the tapes that hold its content.
 *
 * @param session unmasked
 * @param injected the values that Hansard put into the request
 */
public record Completion(Session session, Tape request, Tape response, Spool.Flight flight, ExactValues injected) {
    /** One that no credential was put into. */
    public Completion(Session session, Tape request, Tape response, Spool.Flight flight) {
        this(session, request, response, flight, ExactValues.NONE);
    }

    RawExchange exchange() {
        return new RawExchange(session, request.kept(), response.kept(), injected);
    }

    long keptBytes() {
        return request.keptBytes() + response.keptBytes();
    }

    /** The same without its content, for when there is no room for it. */
    Completion withoutContent() {
        release();
        return new Completion(
                session.withMessages(
                        session.request().withoutContent(), session.response().withoutContent()),
                request,
                response,
                flight,
                injected);
    }

    /** The same with the class that its session gets, now that it is known how it ended. */
    Completion classified(UnaryOperator<Session> retention) {
        Session classified = retention.apply(session);
        return classified.retention().equals(session.retention())
                ? this
                : new Completion(classified, request, response, flight, injected);
    }

    void release() {
        request.release();
        response.release();
    }

    /** Nothing of an unmasked session is ever printed. */
    @Override
    public String toString() {
        return "Completion[" + session.id() + "]";
    }
}
