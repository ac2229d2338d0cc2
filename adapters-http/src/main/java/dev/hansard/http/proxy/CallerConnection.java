// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.http.deadline.Deadline;
import dev.hansard.http.tls.PeerChain;
import dev.hansard.http.upstream.AgentTunnels;
import dev.hansard.http.wire.BodyFraming;
import dev.hansard.http.wire.Step;
import dev.hansard.http.wire.WireFault;
import dev.hansard.ports.exchange.Admission;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.CarriedResponse;
import dev.hansard.ports.exchange.OwnAnswer;
import dev.hansard.ports.exchange.OwnDesk;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.RequestHead;
import dev.hansard.ports.value.SessionId;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a caller: reads a head, has it decided on, serves the exchange, and does so again while the framing
 * of both messages is beyond doubt. One virtual thread owns it; the deadlines and the stop of the server end it from
 * outside.
 */
final class CallerConnection implements ServerConnection {
    private static final System.Logger LOG = System.getLogger(CallerConnection.class.getName());
    /** How long a gateway may take to see that an agent leaves. */
    static final Duration LEAVING_LIMIT = Duration.ofSeconds(5);

    private static final Refusal TOO_SLOW_HEAD =
            new Refusal(408, "request_head_timeout", "The request head did not arrive in time.");
    private static final Refusal TOO_MANY_CONNECTIONS =
            new Refusal(503, "too_many_connections", "There are too many connections; try again later.");
    private static final Refusal OVERLOADED =
            new Refusal(503, "overloaded", "There are too many calls in flight; try again later.");

    private final CallerSelector shared;
    private final CallerSocket socket;
    private final Arrival arrival;
    private final CallerInput input;
    private final CallerOutput output;
    private final Deadline reading;
    private final Deadline writing;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);

    /** Held while an idle connection is told something, and where it ceases to be idle. */
    private final ReentrantLock speaking = new ReentrantLock();

    private boolean saidLeaving;
    private boolean hasServed;

    private enum Phase {
        IDLE,
        HEAD,
        SERVING,
        /** The head was refused or came too late; whoever set this answers. */
        REFUSED
    }

    CallerConnection(CallerSelector shared, ConnectionContext context, CallerSocket socket) {
        this(
                shared,
                new Arrival(
                        shared.settings().name(),
                        sourceOf(context),
                        context.isSecure(),
                        shared.settings().restartsTrace(),
                        certificatesOf(context)),
                socket);
    }

    CallerConnection(CallerSelector shared, Arrival arrival, CallerSocket socket) {
        this.shared = shared;
        this.socket = socket;
        this.arrival = arrival;
        this.reading = shared.deadlines().watch(this::readTooSlow);
        this.writing = shared.deadlines().watch(socket::abort);
        this.input = new CallerInput(socket, shared.settings().limits().wire());
        this.output =
                new CallerOutput(socket, writing, shared.settings().timeouts().idle(), shared.isAgents());
    }

    /** Of the connection and so of each of its requests: taken once, as a handshake is not repeated. */
    private static List<X509Certificate> certificatesOf(ConnectionContext context) {
        return context.remotePeer().tlsCertificates().map(PeerChain::proved).orElse(List.of());
    }

    private static String sourceOf(ConnectionContext context) {
        return context.remotePeer().address() instanceof java.net.InetSocketAddress peer && peer.getAddress() != null
                ? peer.getAddress().getHostAddress()
                : context.remotePeer().host();
    }

    @Override
    public void handle(Limit limit) {
        boolean _ = serve();
    }

    /** Serves its requests to the end. True when there were any. */
    boolean serve() {
        boolean counted = shared.cap().enter(arrival.callerAddress());
        try {
            if (counted) {
                serveAll();
            } else {
                refuse(TOO_MANY_CONNECTIONS);
            }
        } catch (IOException _) {
            // The caller went away or was closed at a deadline; what there was to say is in the record.
        } finally {
            if (counted) {
                shared.cap().leave(arrival.callerAddress());
            }
            reading.close();
            writing.close();
        }
        return hasServed;
    }

    private void serveAll() throws IOException {
        while (readHead() && phase.compareAndSet(Phase.HEAD, Phase.SERVING)) {
            hasServed = true;
            if (!admit(input.parser().head())) {
                return;
            }
        }
    }

    /** Reads the next head. False when there is none to come, or it was refused. */
    private boolean readHead() throws IOException {
        input.beginHead();
        boolean begun = input.hasUnread();
        awaitHead(begun);
        Step step = input.parseHead();
        while (step == Step.NEED_MORE) {
            if (!input.readMoreOfHead()) {
                return false;
            }
            if (!begun) {
                begun = true;
                begin();
                reading.set(shared.settings().timeouts().requestHead());
            }
            step = input.parseHead();
        }
        reading.clear();
        if (step == Step.FAULT) {
            refuse(input.parser().fault());
        }
        return step == Step.DONE && !reading.hasPassed();
    }

    /** Not while another thread says that we leave: what comes now is answered behind that. */
    private void begin() {
        speaking.lock();
        try {
            phase.set(Phase.HEAD);
        } finally {
            speaking.unlock();
        }
    }

    private void awaitHead(boolean begun) {
        phase.set(begun ? Phase.HEAD : Phase.IDLE);
        if (!begun && shared.isAgents() && shared.isDraining()) {
            leave();
            return;
        }
        ListenerSettings.Timeouts timeouts = shared.settings().timeouts();
        // While draining, an idle caller gets a moment to send what it was about to send, and is then closed.
        Duration idle = shared.isDraining() ? CallerInput.LINGER : timeouts.idle();
        reading.set(begun ? timeouts.requestHead() : idle);
    }

    /**
     * Tells a gateway that this agent leaves, where it is not told with a response; it then closes the connection. What
     * it has sent meanwhile is still served.
     */
    void leave() {
        speaking.lock();
        try {
            if (phase.get() == Phase.IDLE && !saidLeaving) {
                saidLeaving = true;
                output.leaving();
                reading.set(LEAVING_LIMIT);
            }
        } catch (IOException _) {
            socket.abort();
        } finally {
            speaking.unlock();
        }
    }

    private boolean admit(RequestHead head) throws IOException {
        AgentTunnels agents = shared.upstreams().agents();
        if (agents != null && AgentDoor.isAt(head)) {
            new AgentDoor(agents, shared.gateway(), socket, input, output).open(head);
            return false;
        }
        if (!shared.calls().tryAcquire()) {
            refuse(OVERLOADED);
            return false;
        }
        try {
            return switch (shared.gateway().admit(head, arrival)) {
                case Admission.Admitted(var call) -> new Exchange(shared, input, output, reading, call).serve(head);
                case Admission.Answered(OwnAnswer answer) ->
                    own(close -> output.publish(answer, !head.method().equals("HEAD"), close));
                case Admission.Asked(OwnDesk desk) -> new DeskVisit(shared, input, output, reading, desk).serve(head);
                case Admission.Told(OwnDesk.Reply reply) ->
                    own(close -> output.reply(reply, null, !head.method().equals("HEAD"), close));
                case Admission.Collected(CarriedResponse response, SessionId session) ->
                    own(close ->
                            output.carried(response, session, !head.method().equals("HEAD"), close));
                case Admission.Refused(Refusal refusal, SessionId session) -> answer(head, refusal, session);
            };
        } finally {
            shared.calls().release();
        }
    }

    /**
     * Answers a request that goes no further. The connection can go on when there was no content to skip, and when who
     * calls is known: guessing costs a connection each time.
     */
    private boolean answer(RequestHead head, Refusal refusal, @Nullable SessionId session) throws IOException {
        boolean goOn = input.parser().framing() == BodyFraming.NONE
                && input.parser().keepAlive()
                && refusal.status() != 400
                && refusal.status() != 401
                && !shared.isDraining();
        output.problem(refusal, session, !head.method().equals("HEAD"), !goOn);
        output.flush();
        if (!goOn) {
            input.lingerOverContent(reading);
        }
        return goOn;
    }

    /** Answers in Hansard's own name; {@code answer} is told whether the connection ends with it. */
    private boolean own(Consumer<Boolean> answer) throws IOException {
        boolean goOn =
                input.parser().framing() == BodyFraming.NONE && input.parser().keepAlive() && !shared.isDraining();
        answer.accept(!goOn);
        output.flush();
        if (!goOn) {
            input.lingerOverContent(reading);
        }
        return goOn;
    }

    private void refuse(WireFault fault) throws IOException {
        if (!phase.compareAndSet(Phase.HEAD, Phase.REFUSED)) {
            return;
        }
        refuse(new Refusal(fault.status(), fault.code(), fault.detail()));
    }

    private void refuse(Refusal refusal) throws IOException {
        shared.gateway().refusedOnTheWire(refusal.code());
        output.problem(refusal, null, true, true);
        output.flush();
        input.linger(reading);
    }

    private void readTooSlow() {
        // The owner blocks in a read, so this thread may write in its place.
        if (phase.compareAndSet(Phase.HEAD, Phase.REFUSED)) {
            shared.gateway().refusedOnTheWire(TOO_SLOW_HEAD.code());
            try {
                output.problem(TOO_SLOW_HEAD, null, true, true);
                output.flush();
            } catch (IOException _) {
                LOG.log(System.Logger.Level.TRACE, "a slow caller was gone before it could be told");
            }
        }
        socket.close();
    }

    @Override
    public Duration idleTime() {
        return Duration.ZERO; // Our own deadlines are finer than Helidon's idle check.
    }

    @Override
    public void close(boolean interrupt) {
        if (interrupt) {
            socket.abort();
        } else if (phase.get() == Phase.IDLE) {
            reading.set(CallerInput.LINGER);
        }
    }
}
