// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.agent;

import dev.hansard.core.credential.Injected;
import dev.hansard.core.credential.ServiceCredentials;
import dev.hansard.core.credential.guard.Reflection;
import dev.hansard.core.credential.guard.ReflectionGuard;
import dev.hansard.core.exchange.CoveredPlan;
import dev.hansard.core.exchange.KeptFields;
import dev.hansard.core.exchange.UpstreamBalance;
import dev.hansard.ports.exchange.Call;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.HeadPlan;
import dev.hansard.ports.exchange.Readiness;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.RequestBody;
import dev.hansard.ports.exchange.ResponseGuard;
import dev.hansard.ports.exchange.ResponseHead;
import dev.hansard.ports.exchange.Ruling;
import dev.hansard.ports.exchange.Sealing;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.value.SessionId;
import org.jspecify.annotations.Nullable;

/** One call on its way through an agent. Nothing of it is kept: the gateway has the record. */
final class RelayedCall implements Call {
    private final SessionId id;
    private final RelayedHead head;
    private final int turn;
    private final RelayParts parts;
    private final Runnable onEnd;
    private @Nullable ReflectionGuard guard;
    private int upstreamsAsked;
    private boolean triedAgain;
    private boolean finished;

    RelayedCall(SessionId id, RelayedHead head, int turn, RelayParts parts, Runnable onEnd) {
        this.id = id;
        this.head = head;
        this.turn = turn;
        this.parts = parts;
        this.onEnd = onEnd;
    }

    @Override
    public SessionId id() {
        return id;
    }

    @Override
    public Service service() {
        return head.service();
    }

    @Override
    public String upstreamTarget() {
        return head.target();
    }

    @Override
    public HeadPlan requestPlan() {
        return head;
    }

    @Override
    public Ruling ruling() {
        return Ruling.Passes.PASSES;
    }

    @Override
    public Ruling ruling(@Nullable RequestBody body) {
        return Ruling.Passes.PASSES;
    }

    @Override
    public Readiness ready() {
        ServiceCredentials credentials = head.credentials();
        if (credentials == null) {
            return Readiness.Ready.READY;
        }
        // A caller's own token ends at the gateway, so there is none to change for another.
        return switch (credentials.issue(null)) {
            case ServiceCredentials.Issue.Issued(Injected what) -> {
                head.inject(what);
                yield Readiness.Ready.READY;
            }
            case ServiceCredentials.Issue.Unavailable(Refusal why) -> new Readiness.Unready(why);
        };
    }

    @Override
    public boolean tryAgain() {
        ServiceCredentials credentials = head.credentials();
        Injected refused = head.injected();
        if (credentials == null || refused == null || triedAgain) {
            return false;
        }
        triedAgain = true;
        Injected other = credentials.other(refused, null);
        if (other == null) {
            return false;
        }
        head.inject(other);
        return true;
    }

    @Override
    public UpstreamAddress upstream() {
        UpstreamAddress upstream = UpstreamBalance.upstream(service(), turn, upstreamsAsked++);
        head.goesTo(upstream);
        return upstream;
    }

    @Override
    public @Nullable UpstreamAddress otherUpstream() {
        return upstreamsAsked < service().upstreams().size() ? upstream() : null;
    }

    @Override
    public @Nullable ResponseGuard guard(ResponseHead response) {
        ServiceCredentials credentials = head.credentials();
        Injected injected = head.injected();
        if (injected == null || credentials == null) {
            return null;
        }
        closeGuard();
        guard = parts.guards().of(response, injected, credentials.onReflection());
        return guard;
    }

    private void closeGuard() {
        if (guard != null) {
            guard.close();
        }
    }

    @Override
    public HeadPlan respond(ResponseHead response) {
        HeadPlan plan = new Kept(parts.rules().keptOfResponse(response, head.takesTrailers()));
        Injected injected = head.injected();
        return injected != null && Reflection.isIn(injected.values(), response.fields())
                ? new CoveredPlan(plan, response.fields(), injected.values())
                : plan;
    }

    @Override
    public HeadPlan interim(ResponseHead response) {
        return new Kept(parts.rules().keptOfResponse(response, head.takesTrailers()));
    }

    @Override
    public boolean responseEnd(Fields trailers) {
        return head.takesTrailers();
    }

    @Override
    public Sealing finish(Ending ending) {
        if (finished) {
            throw new IllegalStateException("call " + id + " was finished twice");
        }
        finished = true;
        closeGuard();
        onEnd.run();
        return Sealing.SEALED;
    }

    // What a record would be made of.

    @Override
    public void sending() {}

    @Override
    public void requestBody(byte[] bytes, int offset, int length) {}

    @Override
    public void requestEnd(Fields trailers) {}

    @Override
    public void responseBody(byte[] bytes, int offset, int length) {}

    @Override
    public void fail(Refusal refusal) {}

    /** Circuits are the gateway's, too: it hears of each failure. */
    @Override
    public void upstreamFailed() {}

    /** The gateway adds to it what its caller is told. */
    private record Kept(KeptFields kept) implements HeadPlan {
        @Override
        public boolean keeps(int index) {
            return kept.keeps(index);
        }

        @Override
        public void added(FieldSink sink) {
            // Nothing: an agent is no hop of its own.
        }
    }
}
