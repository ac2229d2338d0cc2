// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import dev.hansard.idp.jose.FlawedTokenException;
import dev.hansard.idp.jose.JsonObject;
import dev.hansard.idp.jose.StrictJson;
import dev.hansard.ports.value.Secret;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Asks the issuer for tokens, through Helidon's client. All tokens but the two that are looked at are dropped where
 * they come in: Hansard asks the issuer for nothing else. Safe for any number of threads.
 */
final class TokenEndpoint {
    /** How many calls to the issuer there are at once; each holds a connection. */
    static final int MOST_AT_ONCE = 16;

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int DEEPEST = 8;

    private final Semaphore permits = new Semaphore(MOST_AT_ONCE);

    /**
     * What came of a grant.
     *
     * @param access null when there is none; looked at because the ID token may be bound to it
     */
    record Tokens(Secret id, @Nullable Secret access) {}

    /** The tokens of a grant. */
    Tokens redeem(HelidonClient client, Map<String, String> grant) throws FaultException, InterruptedException {
        JsonObject tokens = ask(client, client.tokenEndpoint(), grant);
        try {
            String id = tokens.text("id_token");
            String access = tokens.text("access_token");
            if (id == null) {
                throw new FaultException(Fault.NO_ID_TOKEN);
            }
            return new Tokens(Secret.of(id), access == null ? null : Secret.of(access));
        } catch (FlawedTokenException _) {
            throw new FaultException(Fault.MALFORMED_ANSWER);
        }
    }

    /** What an endpoint of the issuer answers to a form when all is well. */
    JsonObject ask(HelidonClient client, URI endpoint, Map<String, String> form)
            throws FaultException, InterruptedException {
        if (!permits.tryAcquire()) {
            throw new FaultException(Fault.TOO_MANY_AT_ONCE);
        }
        try {
            return read(client.post(endpoint, form));
        } catch (IOException _) {
            throw new FaultException(Fault.ISSUER_UNREACHABLE);
        } catch (FlawedTokenException _) {
            throw new FaultException(Fault.MALFORMED_ANSWER);
        } finally {
            permits.release();
        }
    }

    private static JsonObject read(HelidonClient.Reply reply) throws FaultException, FlawedTokenException {
        int status = reply.status();
        if (status >= FIRST_SERVER_ERROR || status == TOO_MANY) {
            throw new FaultException(Fault.ISSUER_UNREACHABLE);
        }
        if (status == UNAUTHORIZED) {
            throw new FaultException(Fault.CLIENT_REFUSED);
        }
        JsonObject answer = StrictJson.object(reply.content(), DEEPEST);
        if (status != OK) {
            throw new FaultException(fault(answer.text("error")));
        }
        return answer;
    }

    private static Fault fault(@Nullable String error) {
        return switch (error) {
            case "invalid_client", "unauthorized_client" -> Fault.CLIENT_REFUSED;
            case "authorization_pending" -> Fault.NOT_YET_DECIDED;
            case "slow_down" -> Fault.ASKED_TOO_OFTEN;
            case "access_denied" -> Fault.ACCESS_DENIED;
            case null, default -> Fault.CODE_REFUSED;
        };
    }
}
