// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

/**
 * What the gateway and an agent say to each other. The agent opens the connection and asks for the upgrade, with its
 * token; after the 101 the roles turn, and the gateway sends ordinary HTTP/1.1 requests on it. The Host of a request
 * says which service it is for. {@code OPTIONS *} is a heartbeat (RFC 9110 section 9.3.7).
 */
public final class AgentProtocol {
    /** What the connection is upgraded to; a change that an older peer would misread gets another number. */
    public static final String PROTOCOL = "hansard-agent/1";

    /** The target that agents ask for, before their name. */
    public static final String PATH = "/.hansard/agents/";

    /** Tells the connections of one process of an agent from those of another. */
    public static final String PROCESS = "Hansard-Agent-Process";

    /** The same as it is looked for. */
    public static final String PROCESS_NAME = "hansard-agent-process";

    /** A response of the agent's own, for a call that its target did not answer: the code and a sentence. */
    public static final String REFUSAL = "Hansard-Refusal";

    /**
     * An interim response that nobody asked for (RFC 9110 section 15.2 lets a client pass over it): the agent is about
     * to stop, so no further request is to be sent on this connection. One that is already on its way is served. It has
     * {@link #LEAVING_FIELD}, which tells it from whatever a target may send.
     */
    public static final int LEAVING = 199;

    public static final String LEAVING_FIELD = "Hansard-Leaving";

    /** The longest sentence of a refusal. */
    public static final int REFUSAL_BYTES = 512;

    private AgentProtocol() {}
}
