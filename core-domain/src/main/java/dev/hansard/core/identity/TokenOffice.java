// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.audit.Refusals;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.OwnDesk;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.TokenGrant;
import dev.hansard.ports.identity.TokenGrant.Outcome;
import dev.hansard.ports.identity.TokenGrant.Problem;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where callers get a token for proof that they can bring only once (RFC 6749 sections 4.5 and 5). Each token is in the
 * audit log before it is handed out; refusals are counted as those of calls are. Safe for any number of threads.
 */
final class TokenOffice {
    /** The most bytes of a request: an assertion of 256 KiB in base64url, and the other parameters. */
    static final int MOST_BYTES = 384 * 1024;

    private static final String JSON = "application/json";
    private static final Field NO_CACHE = new Field("Pragma", "no-cache"); // RFC 6749 section 5.1 asks for it.

    private final List<TokenGrant> grants;
    private final Auditor auditor;
    private final Refusals refusals;

    /**
     * An office of one listener.
     *
     * @param grants in the order in which they are asked
     */
    TokenOffice(List<TokenGrant> grants, Auditor auditor, Refusals refusals) {
        this.grants = List.copyOf(grants);
        this.auditor = auditor;
        this.refusals = refusals;
    }

    boolean isOpen() {
        return !grants.isEmpty();
    }

    /** The desk for one request. */
    OwnDesk desk(Arrival arrival, List<String> contentTypes) {
        return new OwnDesk() {
            @Override
            public int mostBytes() {
                return MOST_BYTES;
            }

            @Override
            public Reply answer(byte[] content) {
                return reply(contentTypes, content, arrival);
            }
        };
    }

    private OwnDesk.Reply reply(List<String> contentTypes, byte[] content, Arrival arrival) {
        Map<String, String> form = TokenForm.parse(contentTypes, content);
        String type = form == null ? null : form.get(TokenForm.GRANT_TYPE);
        if (form == null || type == null) {
            return refused(arrival, Problem.INVALID_REQUEST, "no_form");
        }
        if (form.containsKey("scope")) {
            return refused(arrival, Problem.INVALID_SCOPE, "no_scopes_here");
        }
        OwnDesk.Reply last = refused(Problem.UNSUPPORTED_GRANT_TYPE);
        String reason = "unsupported_grant_type";
        for (TokenGrant grant : grants) {
            String proof = form.get(grant.parameter());
            if (!grant.type().equals(type)) {
                continue;
            }
            if (proof == null) {
                return refused(arrival, Problem.INVALID_REQUEST, "no_" + grant.parameter());
            }
            Outcome outcome = ask(grant, Secret.of(proof), arrival.callerAddress());
            if (!(outcome instanceof Outcome.NotMine)) {
                return reply(outcome, arrival);
            }
            last = refused(Problem.INVALID_GRANT);
            reason = "unknown_issuer";
        }
        refusals.refused(arrival.listener(), reason, arrival.callerAddress());
        return last;
    }

    @SuppressWarnings("CatchingUnchecked") // A plugin may throw anything; nobody gets a token by that.
    private static Outcome ask(TokenGrant grant, Secret proof, String from) {
        try {
            return grant.grant(proof, from);
        } catch (RuntimeException | LinkageError | StackOverflowError _) {
            return new Outcome.Unavailable("provider_failed");
        }
    }

    private OwnDesk.Reply reply(Outcome outcome, Arrival arrival) {
        return switch (outcome) {
            case Outcome.Granted(Caller caller, Secret token, Duration life) -> granted(caller, token, life, arrival);
            case Outcome.NotMine() -> refused(arrival, Problem.INVALID_GRANT, "unknown_issuer");
            case Outcome.Denied(Problem error, String reason) -> refused(arrival, error, reason);
            case Outcome.Limited(Duration after) -> {
                refusals.refused(arrival.listener(), "too_many_exchanges", arrival.callerAddress());
                yield later(429, Math.max(1, after.toSeconds()));
            }
            case Outcome.Unavailable(String reason) -> {
                refusals.refused(arrival.listener(), reason, arrival.callerAddress());
                yield later(503, 5);
            }
        };
    }

    private OwnDesk.Reply granted(Caller caller, Secret token, Duration life, Arrival arrival) {
        try {
            auditor.tokenIssued(caller, arrival.callerAddress(), arrival.listener());
        } catch (StorageException _) {
            refusals.refused(arrival.listener(), "audit_unavailable", arrival.callerAddress());
            return later(503, 5);
        }
        String json = "{\"access_token\":\"" + token.reveal() + "\",\"token_type\":\"Bearer\",\"expires_in\":"
                + life.toSeconds() + "}";
        return new OwnDesk.Reply(200, JSON, json, List.of(NO_CACHE));
    }

    private OwnDesk.Reply refused(Arrival arrival, Problem error, String reason) {
        refusals.refused(arrival.listener(), reason, arrival.callerAddress());
        return refused(error);
    }

    /** No description: whoever guesses learns nothing (RFC 6749 section 5.2 leaves it out at will). */
    private static OwnDesk.Reply refused(Problem error) {
        return new OwnDesk.Reply(400, JSON, "{\"error\":\"" + error.word() + "\"}", List.of(NO_CACHE));
    }

    /** RFC 6749 has no word for it at this endpoint; the one of its section 4.1.2.1 is widely used. */
    private static OwnDesk.Reply later(int status, long seconds) {
        return new OwnDesk.Reply(
                status,
                JSON,
                "{\"error\":\"temporarily_unavailable\"}",
                List.of(NO_CACHE, new Field("Retry-After", Long.toString(seconds))));
    }
}
