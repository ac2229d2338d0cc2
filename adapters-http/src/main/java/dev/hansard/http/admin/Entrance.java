// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.AdminGate;
import dev.hansard.ports.identity.SignedIn;
import org.jspecify.annotations.Nullable;

/** Lets in who is known by a credential or a cookie, and keeps out what another page makes a browser ask. */
record Entrance(AdminGate gate, SessionCookies cookies) {
    /** Lets the visitor in, or refuses. */
    void enter(Exchange exchange) {
        switch (ask(exchange)) {
            case AdminGate.Entry.Known(Access access, var signedIn) -> {
                ForgeryCheck.check(exchange, signedIn);
                exchange.enter(access, signedIn, () -> ask(exchange) instanceof AdminGate.Entry.Known);
            }
            case AdminGate.Entry.Stranger(Refusal refusal) -> throw new RefusedException(refusal);
        }
    }

    /**
     * Lets a person with a browser in, whose form is still to be checked.
     *
     * @return their session; null for whoever has none, be they known by something else or not
     */
    @Nullable
    SignedIn enterBySession(Exchange exchange) {
        if (ask(exchange) instanceof AdminGate.Entry.Known(Access access, SignedIn signedIn) && signedIn != null) {
            exchange.enter(access, signedIn, () -> ask(exchange) instanceof AdminGate.Entry.Known);
            return signedIn;
        }
        return null;
    }

    private AdminGate.Entry ask(Exchange exchange) {
        return gate.enter(exchange.presented(), cookies.session(exchange));
    }
}
