// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

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

    /**
     * An entrance; without a chain and sessions it lets everyone in as somebody who may do everything.
     *
     * @param chain null when no credentials are taken
     * @param sessions null when nobody can sign in
     */
    public AdminEntrance(@Nullable IdentityChain chain, @Nullable PeopleSessions sessions, Roles roles) {
        this.chain = chain;
        this.sessions = sessions;
        this.roles = roles;
    }

    @Override
    public Entry enter(Presented presented, @Nullable String session) {
        if (isOpen()) {
            return new Entry.Known(LOCAL);
        }
        Identification said = chain == null ? NotMine.NOT_MINE : chain.identifyOrPass(presented);
        return switch (said) {
            case Recognised(Caller who, var _) -> known(who, null);
            case Refused(Refusal answer, var _) -> new Entry.Stranger(answer);
            case NotMine _ -> bySession(session);
        };
    }

    private Entry bySession(@Nullable String session) {
        SignedIn signedIn = sessions == null || session == null ? null : sessions.use(session);
        return signedIn == null
                ? new Entry.Stranger(stranger())
                : known(signedIn.person().caller(), signedIn);
    }

    private Entry known(Caller who, @Nullable SignedIn signedIn) {
        Access access = roles.of(who);
        return access.grants().isEmpty() ? new Entry.Stranger(NO_ROLE) : new Entry.Known(access, signedIn);
    }

    private Refusal stranger() {
        Refusal refusal = chain == null ? null : chain.unrecognised().answer();
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
