// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.agent;

import dev.hansard.core.credential.Injected;
import dev.hansard.core.credential.ServiceCredentials;
import dev.hansard.core.credential.guard.ResponseGuards;
import dev.hansard.core.credential.shape.Outgoing;
import dev.hansard.core.exchange.FieldRules;
import dev.hansard.core.exchange.OutgoingHead;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.HeadPlan;
import dev.hansard.ports.exchange.RequestHead;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request on its way from the gateway to a target. The gateway has chosen its fields; what changes is
 * what belongs to the connection, the name of the target, and what lets the request in. Owned by the call's thread.
 */
final class RelayedHead implements HeadPlan {
    static final String SERVICE = OutgoingHead.SERVICE_FIELD.toLowerCase(Locale.ROOT);

    private static final String HOST = "host";
    private static final Set<String> OF_CONNECTION =
            Set.of("connection", "te", "keep-alive", "proxy-connection", "upgrade", "trailer");

    private final RequestHead head;
    private final Service service;
    private final @Nullable ServiceCredentials credentials;
    private final RelayParts parts;
    private @Nullable UpstreamAddress upstream;
    private @Nullable Injected injected;
    private @Nullable String codings;

    RelayedHead(RequestHead head, Service service, @Nullable ServiceCredentials credentials, RelayParts parts) {
        this.head = head;
        this.service = service;
        this.credentials = credentials;
        this.parts = parts;
    }

    Service service() {
        return service;
    }

    @Nullable
    ServiceCredentials credentials() {
        return credentials;
    }

    void goesTo(UpstreamAddress address) {
        upstream = address;
    }

    void inject(Injected what) {
        injected = what;
        codings = ResponseGuards.readableCodings(head.fields());
    }

    @Nullable
    Injected injected() {
        return injected;
    }

    String target() {
        return injected == null ? head.target() : injected.target(head.target());
    }

    /** The gateway asks for trailers where its caller does. */
    boolean takesTrailers() {
        String te = head.fields().first("te");
        return te != null && te.equalsIgnoreCase("trailers");
    }

    @Override
    public boolean keeps(int index) {
        Fields fields = head.fields();
        if (fields.isNamed(index, HOST)
                || fields.isNamed(index, SERVICE)
                || (codings != null && fields.isNamed(index, ResponseGuards.ACCEPT_ENCODING))
                || FieldRules.isSpelled(OF_CONNECTION, fields.name(index))) {
            return false;
        }
        return credentials == null || !FieldRules.isSpelled(credentials.fieldNames(), fields.name(index));
    }

    @Override
    public void added(FieldSink sink) {
        sink.field("Host", host());
        if (takesTrailers()) {
            sink.field("Connection", "TE");
            sink.field("TE", "trailers");
        }
        if (codings != null) {
            sink.field("Accept-Encoding", codings);
        }
        if (injected != null) {
            injected.fields(outgoing(), sink);
        }
    }

    private String host() {
        return (upstream == null ? service.upstreams().getFirst() : upstream).authority();
    }

    private Outgoing outgoing() {
        String length = head.fields().first("content-length");
        boolean hasContent =
                head.fields().find("transfer-encoding", 0) >= 0 || (length != null && !length.matches("0+"));
        return new Outgoing(
                head.method(), target(), host(), hasContent, parts.wall().instant());
    }
}
