// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.credential.Injected;
import dev.hansard.core.credential.guard.ResponseGuards;
import dev.hansard.core.credential.shape.Outgoing;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.HeadPlan;
import dev.hansard.ports.exchange.UpstreamAddress;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The head of one request as it goes to an upstream. What is put into it is there for the upstream alone: the record is
 * made from {@link #recorded}, which has the names and no values. Owned by the call's thread.
 */
public final class OutgoingHead implements HeadPlan {
    /** Tells the target who calls. Its name is one of ours, so what a caller sends under it never passes. */
    static final String STATEMENT_FIELD = "Hansard-Identity";

    /** Tells an agent which of the services behind it is meant; it ends there. */
    public static final String SERVICE_FIELD = "Hansard-Service";

    static final String ACCEPT_ENCODING = ResponseGuards.ACCEPT_ENCODING;

    private final Admitted admitted;
    private final InstantSource wall;
    private final String plainTarget;
    private @Nullable UpstreamAddress upstream;
    private @Nullable Injected injected;

    /** What the upstream is told in the place of the caller's Accept-Encoding; null when it is told the same. */
    private @Nullable String codings;

    OutgoingHead(Admitted admitted, InstantSource wall) {
        this.admitted = admitted;
        this.wall = wall;
        this.plainTarget = admitted.upstreamTarget();
    }

    void goesTo(UpstreamAddress address) {
        upstream = address;
    }

    void inject(Injected what) {
        injected = what;
        codings = ResponseGuards.readableCodings(admitted.head().fields());
    }

    String target() {
        return injected == null ? plainTarget : injected.target(plainTarget);
    }

    @Override
    public boolean keeps(int index) {
        boolean isReplaced = codings != null && admitted.head().fields().isNamed(index, ACCEPT_ENCODING);
        return admitted.plan().kept().keeps(index) && !isReplaced;
    }

    /** Host is the upstream's own authority: its certificate, its virtual hosts and its links are for that name. */
    @Override
    public void added(FieldSink sink) {
        plainlyAdded(sink);
        if (injected != null) {
            injected.fields(outgoing(), sink);
        }
    }

    private void plainlyAdded(FieldSink sink) {
        admitted.plan().added(host(), sink);
        if (admitted.service().agent() != null) {
            sink.field(SERVICE_FIELD, admitted.service().name().value());
        }
        if (admitted.statement() != null) {
            sink.field(STATEMENT_FIELD, admitted.statement());
        }
        if (codings != null) {
            sink.field("Accept-Encoding", codings);
        }
    }

    private String host() {
        return upstream == null ? admitted.target().authority() : upstream.authority();
    }

    private Outgoing outgoing() {
        Fields fields = admitted.head().fields();
        String length = fields.first("content-length");
        boolean hasContent = fields.find("transfer-encoding", 0) >= 0 || (length != null && !length.matches("0+"));
        return new Outgoing(admitted.head().method(), target(), host(), hasContent, wall.instant());
    }

    /** The same for the record. */
    HeadPlan recorded() {
        return injected == null ? this : new Recorded(injected);
    }

    private final class Recorded implements HeadPlan {
        private final Injected names;

        Recorded(Injected names) {
            this.names = names;
        }

        @Override
        public boolean keeps(int index) {
            return OutgoingHead.this.keeps(index);
        }

        @Override
        public void added(FieldSink sink) {
            plainlyAdded(sink);
            names.maskedFields(outgoing(), sink);
        }
    }
}
