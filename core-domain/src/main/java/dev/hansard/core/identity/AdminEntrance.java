// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.core.audit.Refusals;
import dev.hansard.core.audit.SignIns;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.AdminGate;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Identification.NotMine;
import dev.hansard.ports.identity.Identification.Recognised;
import dev.hansard.ports.identity.Identification.Refused;
import dev.hansard.ports.identity.Presented;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks who comes to the admin plane, and says by their groups what they may do there. */
public final class AdminEntrance implements AdminGate {
    private static final Access LOCAL =
            Access.toEverything(new Caller("local", "local", List.of()), "nobody has to sign in on loopback");
    private static final Refusal NO_ROLE = new Refusal(
            403,
            "no_role",
            "You are known, but none of your groups has a role here; ask for one under identity.roles.");

    private final @Nullable IdentityChain chain;
    private final Roles roles;
    private final SignIns signIns;
    private final Refusals refusals;

    /**
     * An entrance.
     *
     * @param chain null to let everyone in as somebody who may do everything
     * @param signIns notes who is let in
     * @param refusals hears of those who are known and have no role
     */
    public AdminEntrance(@Nullable IdentityChain chain, Roles roles, SignIns signIns, Refusals refusals) {
        this.chain = chain;
        this.roles = roles;
        this.signIns = signIns;
        this.refusals = refusals;
    }

    @Override
    public Entry enter(Presented presented) {
        if (chain == null) {
            return new Entry.Known(LOCAL);
        }
        return switch (chain.identify(presented)) {
            case Recognised(Caller who, var _) -> known(who, presented.arrival());
            case Refused(Refusal answer, var _) -> new Entry.Stranger(answer);
            case NotMine _ -> throw new IllegalStateException("an identity chain has to decide");
        };
    }

    private Entry known(Caller who, Arrival arrival) {
        Access access = roles.of(who);
        if (access.grants().isEmpty()) {
            String reason = NO_ROLE.code() + " for " + who.provider() + "/" + who.subject();
            refusals.refused(arrival.listener(), reason, arrival.callerAddress());
            return new Entry.Stranger(NO_ROLE);
        }
        signIns.arrived(access, arrival.callerAddress());
        return new Entry.Known(access);
    }

    @Override
    public boolean isOpen() {
        return chain == null;
    }
}
