// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.exchange.Gateway;
import dev.hansard.ports.health.NodeHealth;
import dev.hansard.ports.value.InvalidValueException;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The running admin listener. While nobody is asked who they are it is open to whoever reaches it, and so binds to
 * loopback only. Safe for any number of threads.
 */
public final class AdminServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AdminServer.class.getName());

    private static final int MAX_CONNECTIONS = 1024;
    private static final int MAX_LINE_BYTES = 8192;
    private static final int MAX_HEAD_BYTES = 16 * 1024;
    private static final int BACKLOG = 256;
    private static final Duration FAULT_PAUSE = Duration.ofSeconds(5);

    private final WebServer server;
    private final AtomicBoolean isStopping;

    private AdminServer(WebServer server, AtomicBoolean isStopping) {
        this.server = server;
        this.isStopping = isStopping;
    }

    /**
     * Binds and serves.
     *
     * @throws InvalidValueException when the address is not on loopback, and must be
     * @throws UncheckedIOException when the address cannot be bound
     */
    public static AdminServer start(AdminSettings settings, AdminDesks desks, Gateway gateway, NodeHealth health) {
        InetAddress address = address(settings, desks.gate().isOpen());
        var isStopping = new AtomicBoolean();
        var node = new NodeState(gateway, health);
        List<Route> routes = routes(settings, desks, node, isStopping);
        HttpRouting.Builder routing = new AdminRouting(
                        new Guard(address, settings.publicUrl()),
                        new Entrance(desks.gate(), new SessionCookies(settings.isSecure())),
                        settings.readLimit(),
                        new FaultLog(FAULT_PAUSE))
                .of(routes);
        WebServer server = build(settings, address, node, routing).start();
        if (!server.isRunning()) {
            throw new UncheckedIOException(new BindException(
                    "admin.address " + settings.address() + " cannot be bound; is another Hansard running there?"));
        }
        LOG.log(
                System.Logger.Level.INFO,
                desks.gate().isOpen()
                        ? "Admin API on http://{0}: admin.identity is not set, so it is open to everyone on"
                                + " this machine"
                        : "Admin API on http://{0}",
                settings.at(server.port()).address());
        return new AdminServer(server, isStopping);
    }

    /** The port that is bound. */
    public int port() {
        return server.port();
    }

    /** Takes no more requests, ends the tails, and waits for the answers in progress up to the drain limit. */
    @Override
    public void close() {
        isStopping.set(true);
        server.stop();
    }

    /** The API: what is routed, what the index shows, and what the contract has to describe. */
    static List<Route> routes(AdminSettings settings, AdminDesks desks, NodeState node, AtomicBoolean isStopping) {
        var identity = new IdentityReads(desks.keys());
        var audit = new AuditReads(desks.audit());
        var ledger = new LedgerReads(desks.ledger());
        var steps = new SignInSteps(desks.signIn(), new SessionCookies(settings.isSecure()), settings.publicUrl());
        var device = new DeviceSteps(desks.device());
        var documents = Documents.load();
        var routes = new ArrayList<Route>();
        routes.add(open("/", "index", exchange -> exchange.send(documents.index(routes))));
        routes.add(open(NodeState.LIVE_PATH, "live", exchange -> exchange.send(node.live())));
        routes.add(open(NodeState.READY_PATH, "ready", exchange -> exchange.send(node.ready())));
        routes.add(open(Documents.CONTRACT_PATH, "contract", exchange -> exchange.send(documents.contract())));
        routes.add(probe("/api/v1/counters", "counters", exchange -> exchange.send(node.counters())));
        routes.addAll(sessions(settings, desks, isStopping));
        routes.add(probe("/api/v1/me", "me", identity::me));
        routes.add(probe("/api/v1/keys", "listKeys", identity::listKeys));
        routes.add(new Route("/api/v1/keys", "makeKey", Route.Kind.MAKE, identity::makeKey));
        routes.add(new Route("/api/v1/keys/{id}", "revokeKey", Route.Kind.REMOVE, identity::revokeKey));
        routes.add(read("/api/v1/audit", "listAudit", audit::list));
        routes.add(read("/api/v1/ledger/checkpoint", "showCheckpoint", ledger::checkpoint));
        routes.add(read("/api/v1/ledger/key", "showLedgerKey", ledger::key));
        routes.add(read("/api/v1/ledger/proof/{id}", "proveSession", ledger::proof));
        routes.add(read("/api/v1/ledger/record/{id}", "readRecord", ledger::record));
        routes.addAll(retention(new RetentionCalls(desks.retention())));
        var storage = new StorageCalls(desks.storage());
        routes.add(read("/api/v1/storage", "showStorage", storage::use));
        routes.add(read("/api/v1/storage:check", "checkStorage", storage::check));
        routes.addAll(recovery(new RecoveryCalls(desks.recovery())));
        var credentials = new CredentialCalls(desks.credentials());
        routes.add(probe("/api/v1/credentials", "listCredentials", credentials::list));
        routes.add(new Route(
                "/api/v1/credentials/{name}:rotate", "rotateCredential", Route.Kind.MAKE, credentials::rotate));
        routes.addAll(policies(new PolicyCalls(desks.policies())));
        routes.addAll(approvals(settings, desks, isStopping));
        routes.add(new Route("/login", "chooseSignIn", Route.Kind.SIGN_IN, steps::choose));
        routes.add(new Route("/login/{provider}", "beginSignIn", Route.Kind.SIGN_IN, steps::begin));
        routes.add(new Route("/login/{provider}/callback", "finishSignIn", Route.Kind.SIGN_IN, steps::finish));
        routes.add(new Route("/login/{provider}/callback", "postSignIn", Route.Kind.HAND_IN, steps::post));
        routes.add(open("/login/{provider}/metadata", "describeSignIn", steps::describe));
        routes.add(new Route("/logout", "signOut", Route.Kind.MAKE, exchange -> steps.leave(exchange, device)));
        routes.add(new Route("/api/v1/sign-ins", "beginDevice", Route.Kind.SIGN_IN_BY_POST, device::begin));
        routes.add(new Route("/api/v1/sign-ins:poll", "pollDevice", Route.Kind.SIGN_IN_BY_POST, device::poll));
        return List.copyOf(routes);
    }

    private static List<Route> sessions(AdminSettings settings, AdminDesks desks, AtomicBoolean isStopping) {
        var reads = new SessionReads(desks.sessions());
        var bodies = new BodyReads(desks.sessions(), settings.decodedLimit());
        var tail = new SessionTail(desks.sessions(), settings.tailLimit(), settings.heartbeat(), isStopping::get);
        var search = new SessionSearch(desks.contents(), isStopping::get);
        return List.of(
                read("/api/v1/sessions", "listSessions", reads::list),
                new Route("/api/v1/sessions:tail", "tailSessions", Route.Kind.TAIL, tail::tail),
                new Route("/api/v1/sessions:search", "searchSessions", Route.Kind.TAIL, search::search),
                read("/api/v1/sessions/{id}", "showSession", reads::show),
                read("/api/v1/sessions/{id}/{message}/body", "readBody", bodies::body));
    }

    private static List<Route> retention(RetentionCalls calls) {
        return List.of(
                new Route("/api/v1/sessions/{id}", "eraseSession", Route.Kind.REMOVE, calls::erase),
                read("/api/v1/retention", "planRetention", calls::plan),
                new Route("/api/v1/retention:prune", "prune", Route.Kind.MAKE, calls::prune),
                new Route("/api/v1/retention:trust-clock", "trustClock", Route.Kind.MAKE, calls::trustClock),
                read("/api/v1/holds", "listHolds", calls::listHolds),
                new Route("/api/v1/holds", "placeHold", Route.Kind.MAKE, calls::placeHold),
                new Route("/api/v1/holds/{id}", "removeHold", Route.Kind.REMOVE, calls::removeHold));
    }

    private static List<Route> recovery(RecoveryCalls calls) {
        return List.of(
                new Route("/api/v1/backup", "takeBackup", Route.Kind.MAKE, calls::backup),
                probe("/api/v1/storage/catalog", "showRebuild", calls::state),
                new Route("/api/v1/storage/catalog:rebuild", "rebuildCatalog", Route.Kind.MAKE, calls::rebuild));
    }

    private static List<Route> policies(PolicyCalls calls) {
        return List.of(
                probe("/api/v1/policies", "listPolicies", calls::list),
                new Route("/api/v1/explain", "explain", Route.Kind.MAKE, calls::explain),
                new Route("/api/v1/config:reload", "reloadConfig", Route.Kind.MAKE, calls::reload));
    }

    private static List<Route> approvals(AdminSettings settings, AdminDesks desks, AtomicBoolean isStopping) {
        var calls = new ApprovalCalls(desks.approvals());
        var tail = new ApprovalTail(desks.approvals(), settings.tailLimit(), settings.heartbeat(), isStopping::get);
        var entrance = new Entrance(desks.gate(), new SessionCookies(settings.isSecure()));
        var links = new ApprovalLinkSteps(desks.approvals(), entrance);
        return List.of(
                probe("/api/v1/approvals", "listApprovals", calls::list),
                new Route("/api/v1/approvals:watch", "watchApprovals", Route.Kind.TAIL, tail::watch),
                // Before the one below, whose id would take the verb as well.
                new Route("/api/v1/approvals/{id}:approve", "approve", Route.Kind.MAKE, calls::approve),
                new Route("/api/v1/approvals/{id}:deny", "deny", Route.Kind.MAKE, calls::deny),
                probe("/api/v1/approvals/{id}", "showApproval", calls::show),
                new Route("/approve/{link}", "openApprovalLink", Route.Kind.PAGE, links::open),
                new Route("/approve/{link}", "decideByLink", Route.Kind.FORM, links::decide));
    }

    private static Route open(String template, String operation, Route.Handler handler) {
        return new Route(template, operation, Route.Kind.OPEN, handler);
    }

    private static Route probe(String template, String operation, Route.Handler handler) {
        return new Route(template, operation, Route.Kind.PROBE, handler);
    }

    private static Route read(String template, String operation, Route.Handler handler) {
        return new Route(template, operation, Route.Kind.READ, handler);
    }

    private static WebServer build(
            AdminSettings settings, InetAddress address, NodeState node, HttpRouting.Builder routing) {
        DirectHandlers problems = FramingProblems.handlers();
        Http1Config protocol = Http1Config.builder()
                .maxPrologueLength(MAX_LINE_BYTES)
                .maxHeadersSize(MAX_HEAD_BYTES)
                .validatePrologue(false) // A query with a bare ">" is what people type; we read it strictly ourselves.
                .sendLog(false)
                .receiveLog(false)
                .build();
        var http = Http1ConnectionSelector.builder().config(protocol).build();
        return WebServer.builder()
                .address(address)
                .port(settings.port())
                .backlog(BACKLOG)
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(new AdminSelector(http, new OldProbe(node), settings.stallLimit()))
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .maxTcpConnections(MAX_CONNECTIONS)
                .maxPayloadSize(Exchange.MAX_FORM_BYTES)
                .idleConnectionTimeout(settings.stallLimit())
                .idleConnectionPeriod(settings.stallLimit().dividedBy(4))
                .shutdownGracePeriod(settings.drainLimit())
                .directHandlers(problems)
                .routing(routing)
                .build();
    }

    private static InetAddress address(AdminSettings settings, boolean isOpen) {
        try {
            InetAddress address = InetAddress.getByName(settings.host());
            if (address.isLoopbackAddress() || (!isOpen && settings.isSecure())) {
                return address;
            }
        } catch (UnknownHostException _) {
            throw new InvalidValueException("admin.address '" + settings.address()
                    + "' names a host that cannot be resolved; use 127.0.0.1:" + settings.port());
        }
        throw new InvalidValueException("admin.address is '" + settings.address()
                + "', but only loopback is allowed without admin.identity or admin.login and an https"
                + " admin.public-url; use 127.0.0.1:" + settings.port()
                + " and reach it from elsewhere through an SSH tunnel");
    }
}
