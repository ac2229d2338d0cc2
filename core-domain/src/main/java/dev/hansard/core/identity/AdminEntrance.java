// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.core.audit.Refusals;
import dev.hansard.core.audit.SignIns;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.AdminGate;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.Identification.NotMine;
import dev.hansard.ports.identity.Identification.Recognised;
import dev.hansard.ports.identity.Identification.Refused;
import dev.hansard.ports.identity.Presented;
import dev.hansard.ports.identity.SignedIn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks who comes to the admin plane, and says by their groups what they may do there. A credential goes before a
 * session: one that does not hold is refused, and is not made good by a cookie that the browser adds by itself.
 */
public final class AdminEntrance implements AdminGate {
    static final Refusal NO_ROLE = new Refusal(
            403,
            "no_role",
            "You are known, but none of your groups has a role here; ask for one under identity.roles.");

    private static final Access LOCAL =
            Access.toEverything(new Caller("local", "local", List.of()), "nobody has to sign in on loopback");

    private final @Nullable IdentityChain chain;
    private final @Nullable PeopleSessions sessions;
    private final Roles roles;
    private final SignIns signIns;
    private final Refusals refusals;

    /**
     * An entrance; without a chain and sessions it lets everyone in as somebody who may do everything.
     *
     * @param chain null when no credentials are taken
     * @param sessions null when nobody can sign in
     * @param signIns notes who is let in by a credential; who has a session was noted when it began
     * @param refusals hears of those who are known and have no role
     */
    public AdminEntrance(
            @Nullable IdentityChain chain,
            @Nullable PeopleSessions sessions,
            Roles roles,
            SignIns signIns,
            Refusals refusals) {
        this.chain = chain;
        this.sessions = sessions;
        this.roles = roles;
        this.signIns = signIns;
        this.refusals = refusals;
    }

    @Override
    public Entry enter(Presented presented, @Nullable String session) {
        if (isOpen()) {
            return new Entry.Known(LOCAL);
        }
        String token =
                sessions == null ? null : SessionToken.in(presented.head().fields());
        if (sessions != null && token != null) {
            SignedIn signedIn = sessions.useToken(token);
            return signedIn == null ? new Entry.Stranger(stranger(presented)) : byToken(signedIn, presented.arrival());
        }
        Identification said = chain == null ? NotMine.NOT_MINE : chain.identifyOrPass(presented);
        return switch (said) {
            case Recognised(Caller who, var _) -> known(who, null, presented.arrival());
            case Refused(Refusal answer, var _) -> new Entry.Stranger(answer);
            case NotMine _ -> bySession(presented, session);
        };
    }

    private Entry bySession(Presented presented, @Nullable String session) {
        SignedIn signedIn = sessions == null || session == null ? null : sessions.use(session);
        return signedIn == null
                ? new Entry.Stranger(stranger(presented))
                : known(signedIn.person().caller(), signedIn, presented.arrival());
    }

    /** Not a session to the listener: no browser shows this token by itself, so that nothing can be forged. */
    private Entry byToken(SignedIn signedIn, Arrival arrival) {
        return known(signedIn.person().caller(), signedIn, arrival) instanceof Entry.Known(Access access, var _)
                ? new Entry.Known(access)
                : new Entry.Stranger(NO_ROLE);
    }

    private Entry known(Caller who, @Nullable SignedIn signedIn, Arrival arrival) {
        Access access = roles.of(who);
        if (access.grants().isEmpty()) {
            String reason = NO_ROLE.code() + " for " + who.provider() + "/" + who.subject();
            refusals.refused(arrival.listener(), reason, arrival.callerAddress());
            return new Entry.Stranger(NO_ROLE);
        }
        if (signedIn == null) {
            signIns.arrived(access, arrival.callerAddress());
        }
        return new Entry.Known(access, signedIn);
    }

    private Refusal stranger(Presented presented) {
        Refusal refusal = chain == null ? null : chain.unrecognised(presented).answer();
        if (sessions == null && refusal != null) {
            return refusal;
        }
        var challenges = new ArrayList<Field>(refusal == null ? List.of() : refusal.fields());
        challenges.add(new Field("WWW-Authenticate", "Cookie form-action=\"/login\""));
        return new Refusal(
                401, "unauthenticated", "Nobody is signed in, or not any more; sign in at /login.", challenges);
    }

    @Override
    public boolean isOpen() {
        return chain == null && sessions == null;
    }
}
