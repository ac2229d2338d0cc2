// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.AdminSettings;
import dev.hansard.boot.settings.ListenerSettings;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.WrittenConfig;
import dev.hansard.boot.wiring.NodeChecks.Counted;
import dev.hansard.core.audit.Auditor;
import dev.hansard.core.audit.SignIns;
import dev.hansard.core.credential.CredentialOffice;
import dev.hansard.core.exchange.CallGateway;
import dev.hansard.core.identity.Admittance;
import dev.hansard.core.identity.KeyOffice;
import dev.hansard.core.identity.PeopleSessions;
import dev.hansard.core.search.SearchedContents;
import dev.hansard.core.session.RecordedSessions;
import dev.hansard.core.usage.DiskWatch;
import dev.hansard.core.usage.QuotaKeeper;
import dev.hansard.http.admin.AdminDesks;
import dev.hansard.http.admin.AdminServer;
import dev.hansard.http.admin.PolicyDesks;
import dev.hansard.http.admin.RetentionDesks;
import dev.hansard.http.deadline.Deadlines;
import dev.hansard.http.proxy.DataListener;
import dev.hansard.http.proxy.HeldCourier;
import dev.hansard.http.upstream.UpstreamPool;
import dev.hansard.http.wire.WireLimits;
import dev.hansard.ports.agent.AgentState;
import dev.hansard.ports.approval.ApprovalDesk;
import dev.hansard.ports.approval.ApprovalStore;
import dev.hansard.ports.exchange.Gateway;
import dev.hansard.ports.identity.AdminGate;
import dev.hansard.ports.identity.DeviceDesk;
import dev.hansard.ports.identity.SignInDesk;
import dev.hansard.ports.policy.Action;
import dev.hansard.ports.retention.RetentionRecords;
import dev.hansard.ports.session.RecordWitness;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.spi.ControlStore;
import dev.hansard.ports.spi.StorageSurroundings;
import dev.hansard.ports.spi.Surroundings;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A running Hansard. Its parts are opened from the disk up and closed the other way round: first nobody is let in any
 * more, then what is under way ends, then it is written, then the disk is let go.
 */
public final class Node implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final AtomicBoolean serving = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile int adminPort;
    private @Nullable Deciding deciding;
    private final Agents agents;

    private Node(Agents agents) {
        this.agents = agents;
    }

    /**
     * Starts a node.
     *
     * @throws NodeStartException when it cannot; nothing is left open
     */
    public static Node start(Settings settings, NodeClock clock) {
        return start(settings, null, clock);
    }

    /**
     * Starts a node whose configuration can be read again.
     *
     * @param written where from; null for nowhere
     * @throws NodeStartException when it cannot; nothing is left open
     */
    public static Node start(Settings settings, @Nullable WrittenConfig written, NodeClock clock) {
        var node = new Node(Agents.of(settings));
        try {
            node.open(settings, written, clock);
            return node;
        } catch (InvalidValueException | StorageException | UncheckedIOException e) {
            node.close();
            throw new NodeStartException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    private void open(Settings settings, @Nullable WrittenConfig written, NodeClock clock) {
        DataDir dataDir = part(DataDir.open(settings.storage().dataDir()));
        dataDir.requireWhole();
        NodeName name = dataDir.nodeName(clock.random());
        var home = new StorageSurroundings(name, dataDir.folder(), clock.wall(), clock.nanos(), clock.secrets());
        Storage storage = part(Storage.open(
                settings.storage(), settings.ledger(), settings.retention().toRules(), home));
        NodeKeys keys = NodeKeys.in(dataDir.folder(), clock.secrets());
        ControlStore control = part(Storage.control(settings.storage(), home));
        Auditor auditor = auditor(settings, control, dataDir, clock);
        NodeAudit audit = part(NodeAudit.begin(auditor, name, settings, keys.masking()));
        storage.ledger().enterChanges(NodeAudit.digest(settings, keys.masking()));
        var around = new Surroundings(clock.wall(), clock.nanos(), clock.secrets(), control.keys());
        Reloads reloads = part(Reloads.of(settings, written, auditor));
        Identities identities = part(Identities.with(around, audit.refusals()));
        Retention retention = retention(settings, control, storage, auditor, clock);
        Sinks sinks = part(Sinks.open(settings.sinks(), clock));
        var others = new Usage.Others(control, storage, auditor, sinks, retention == null ? null : retention.pruner());
        Usage usage = Usage.over(settings.retention(), name, others, clock);
        var recording = new Calls.Recording(storage.spool(), usage.room());
        Admittance admittance = identities.admittance(settings, auditor);
        Credentials credentials = part(Credentials.of(settings.credentials(), clock));
        var rules = new Calls.Rules(credentials.book(), reloads.policies());
        Approvals approvals = approvals(settings, control, storage, auditor, name, clock);
        openDeciding(new Deciding.Place(settings, keys.masking(), () -> adminPort), approvals, auditor, sinks, clock);
        Calls calls = part(Calls.over(settings, admittance, rules, recording, keys, name, clock, approvals));
        People people = people(settings, identities, control, auditor, clock);
        Recovery recovery = recovery(settings, storage, control, home, auditor);
        AdminDesks desks = new AdminDesks(
                people.gate(),
                recorded(storage, auditor, clock),
                new SearchedContents(storage.search(), clock.wall(), auditor),
                new KeyOffice(control.keys(), auditor, clock.wall(), clock.secrets()),
                auditor,
                people.signIn(),
                people.device(),
                storage.ledger().office(storage.archive(), auditor),
                retention == null ? null : new RetentionDesks(retention.desk(), retention.holds()),
                usage.desk(),
                recovery.desks(),
                new CredentialOffice(credentials.book(), auditor),
                new PolicyDesks(reloads.policyDesk(settings, auditor, clock), reloads.office()),
                deciding == null ? null : deciding.desks());
        NodeChecks checks = checks(storage, new Counted(usage, sinks, calls.throttle(), approvals, agents), reloads);
        openAdmin(settings.admin(), desks, calls.gateway(), checks);
        start(part(new SharedJobs(name, control.leases())), control, retention, usage, approvals);
        openListeners(settings, calls.gateway(), approvals, clock);
        reloads.watch(settings.reload());
        serve();
    }

    private Recovery recovery(
            Settings settings, Storage storage, ControlStore control, StorageSurroundings home, Auditor auditor) {
        return part(Recovery.of(storage, control, settings.storage().control().type(), home, auditor));
    }

    private NodeChecks checks(Storage storage, Counted counted, Reloads reloads) {
        return new NodeChecks(storage, counted, reloads.office(), serving::get);
    }

    private Auditor auditor(Settings settings, ControlStore control, DataDir dataDir, NodeClock clock) {
        var auditor =
                new Auditor(control.audit(), clock.wall(), settings.audit().needsReason());
        part(ControlSeen.compared(control.audit(), auditor, dataDir.folder()));
        return auditor;
    }

    private void serve() {
        // Closed first: from here on a load balancer can see that the node is going.
        part(() -> serving.set(false));
        serving.set(true);
    }

    /** How people come in. */
    private record People(AdminGate gate, SignInDesk signIn, DeviceDesk device) {}

    private static People people(
            Settings settings, Identities identities, ControlStore control, Auditor auditor, NodeClock clock) {
        PeopleSessions sessions = identities.sessions(settings, control.signedIn());
        return new People(
                identities.admin(settings, sessions, new SignIns(auditor, clock.nanos())),
                identities.signIn(settings, sessions, auditor),
                identities.device(settings, sessions, auditor));
    }

    private void openDeciding(
            Deciding.Place place, @Nullable Approvals approvals, Auditor auditor, Sinks sinks, NodeClock clock) {
        if (approvals != null) {
            deciding = part(Deciding.over(approvals, place, auditor, sinks, clock));
        }
    }

    private static void start(
            SharedJobs jobs,
            ControlStore control,
            @Nullable Retention retention,
            Usage usage,
            @Nullable Approvals approvals) {
        // One after the other: both remove segments.
        jobs.start("retention", Retention.TICK, () -> {
            if (retention != null) {
                retention.tick();
            }
            usage.act();
        });
        if (retention != null) {
            jobs.startHere("foreign-removals", Retention.TICK, retention::enterForeign);
        }
        if (approvals != null) {
            jobs.start("approvals", Approvals.PRUNING, approvals.history(control.retention())::prune);
        }
        jobs.startHere("usage", QuotaKeeper.EVERY, usage::look);
        jobs.startHere("disk", DiskWatch.EVERY, usage::lookAtDisk);
    }

    /** None where the control store cannot keep them; then no policy can ask for one. */
    private static @Nullable Approvals approvals(
            Settings settings, ControlStore control, Storage storage, Auditor auditor, NodeName name, NodeClock clock) {
        ApprovalStore store = control.approvals();
        boolean isAsked = settings.policies().policies().stream()
                .anyMatch(policy -> policy.action() == Action.REQUIRE_APPROVAL && !policy.observe());
        if (store == null && isAsked) {
            throw new NodeStartException(
                    "policies require approvals, but storage.control cannot keep them; choose h2 or postgresql");
        }
        return store == null ? null : Approvals.over(settings, store, storage, auditor, name, clock);
    }

    private void openListeners(Settings settings, CallGateway gateway, @Nullable Approvals approvals, NodeClock clock) {
        Deadlines deadlines = part(new Deadlines(clock.nanos()));
        UpstreamPool upstreams = part(new UpstreamPool(WireLimits.DEFAULT, deadlines, agents.gate()));
        upstreams.prepare(settings.services());
        agents.open(upstreams.agents());
        if (approvals != null) {
            part(approvals.begin(gateway, HeldCourier.with(gateway, upstreams, deadlines)));
        }
        var listeners = new ArrayList<DataListener>();
        part(() -> closeTogether(listeners));
        for (ListenerSettings listener : settings.listeners()) {
            DataListener started = DataListener.start(Translation.of(listener), gateway, upstreams, deadlines);
            listeners.add(started);
            ports.put(listener.name(), started.port());
        }
        if (approvals != null) {
            // Those who wait are told where to ask, or else the listeners would drain for as long as they wait.
            part(approvals::leave);
        }
    }

    /** Each drains for as long as its calls take, so they drain side by side. */
    private static void closeTogether(List<DataListener> listeners) throws InterruptedException {
        var closers = new ArrayList<Thread>();
        for (DataListener listener : listeners) {
            closers.add(Thread.ofPlatform().name("hansard-drain").start(listener::close));
        }
        for (Thread closer : closers) {
            closer.join();
        }
    }

    /** None where the control store cannot keep what that takes. */
    private static @Nullable Retention retention(
            Settings settings, ControlStore control, Storage storage, Auditor auditor, NodeClock clock) {
        RetentionRecords records = control.retention();
        if (records == null) {
            return null;
        }
        var kept = new Retention.Kept(records, control.clock().stream().toList());
        return Retention.over(settings.retention(), kept, storage, auditor, clock);
    }

    private static RecordedSessions recorded(Storage storage, Auditor auditor, NodeClock clock) {
        var time = new RecordedSessions.Time(clock.wall(), clock.nanos(), clock.pause());
        RecordWitness witness = storage.ledger().witness(storage.archive());
        return new RecordedSessions(storage.catalog(), storage.archive(), time, auditor, witness);
    }

    private void openAdmin(AdminSettings settings, AdminDesks desks, Gateway gateway, NodeChecks checks) {
        AdminServer admin = part(AdminServer.start(Translation.of(settings), desks, gateway, checks));
        adminPort = admin.port();
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    /** The port that a data listener is bound to. */
    public int port(String listener) {
        Integer port = ports.get(listener);
        if (port == null) {
            throw new IllegalArgumentException("there is no listener '" + listener + "'");
        }
        return port;
    }

    /** Where people decide on requests; null where no store keeps approvals. */
    public @Nullable ApprovalDesk approvals() {
        return deciding == null ? null : deciding.desks().desk();
    }

    /** Each agent that is configured, by name. */
    public List<AgentState> agents() {
        return agents.states();
    }

    public int adminPort() {
        return adminPort;
    }

    /** Stops gracefully; returns when all is written. Does nothing the second time. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        while (!parts.isEmpty()) {
            close(parts.pop());
        }
    }

    /** Closes a part of a node; one that fails must not keep the others open. */
    static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            System.getLogger(Node.class.getName())
                    .log(System.Logger.Level.ERROR, "a part of the node did not close cleanly", e);
        }
    }
}
