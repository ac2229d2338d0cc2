// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.agent;

import dev.hansard.ports.agent.AgentGate;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.value.AgentName;
import dev.hansard.ports.value.Secret;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lets in the agents that are configured, each by its own token. Immutable. */
public final class AgentRegister implements AgentGate {
    private static final String BEARER = "Bearer ";

    /** One answer for every way to be wrong, so that nobody learns which agents there are. */
    private static final Refusal UNKNOWN = new Refusal(
            401,
            "agent_unknown",
            "There is no agent by this name and token; compare agents of the gateway's configuration with the agent's"
                    + " --name and --token-file.",
            List.of(new Field("WWW-Authenticate", "Bearer")));

    /** Compared with for a name that there is none of, so that it takes as long. */
    private static final Secret NOBODY = Secret.of("nobody has this token, not even an agent");

    private final Map<String, Secret> tokens = new TreeMap<>();

    public AgentRegister(Map<AgentName, Secret> tokens) {
        tokens.forEach((name, token) -> this.tokens.put(name.value(), token));
    }

    @Override
    public Entry enter(String name, @Nullable String authorization) {
        Secret token = tokens.get(name);
        Secret shown = bearer(authorization);
        // A secret is compared in a time that tells nothing of it.
        boolean isRight = (token == null ? NOBODY : token).equals(shown);
        return isRight && token != null ? new Entry.Welcome(new AgentName(name)) : new Entry.TurnedAway(UNKNOWN);
    }

    private static Secret bearer(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Secret.of(authorization.substring(BEARER.length()).strip())
                : Secret.of("");
    }
}
