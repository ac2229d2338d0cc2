// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.identity.ProviderSettings;
import dev.hansard.core.approval.Holding;
import dev.hansard.core.circuit.Circuits;
import dev.hansard.core.credential.CredentialBook;
import dev.hansard.core.credential.guard.ResponseGuards;
import dev.hansard.core.exchange.Additions;
import dev.hansard.core.exchange.CallClock;
import dev.hansard.core.exchange.CallGateway;
import dev.hansard.core.exchange.CallRules;
import dev.hansard.core.exchange.CallStamps;
import dev.hansard.core.exchange.FieldRules;
import dev.hansard.core.exchange.Throttle;
import dev.hansard.core.id.SessionIds;
import dev.hansard.core.identity.Admittance;
import dev.hansard.core.identity.CallerStatements;
import dev.hansard.core.limit.Limits;
import dev.hansard.core.masking.MaskingProgram;
import dev.hansard.core.policy.PolicyBook;
import dev.hansard.core.session.RecordRoom;
import dev.hansard.core.session.Recorder;
import dev.hansard.core.session.RecorderSettings;
import dev.hansard.core.session.TapePool;
import dev.hansard.http.content.LibraryCodings;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.session.Spool;
import dev.hansard.ports.value.NodeName;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The core, put together: what decides on calls and makes their records. */
final class Calls implements AutoCloseable {
    private final CallGateway gateway;
    private final Throttle throttle;
    private final Recorder recorder;

    private Calls(CallGateway gateway, Throttle throttle, Recorder recorder) {
        this.gateway = gateway;
        this.throttle = throttle;
        this.recorder = recorder;
    }

    /** Where records go, and whether there is room for them. */
    record Recording(Spool spool, RecordRoom room) {}

    /** What is put into calls, and what may pass. */
    record Rules(CredentialBook credentials, PolicyBook policies) {}

    static Calls over(
            Settings settings,
            Admittance admittance,
            Rules rules,
            Recording recording,
            NodeKeys keys,
            NodeName node,
            NodeClock clock,
            @Nullable Approvals approvals) {
        NodeMemory memory = NodeMemory.ofHeap();
        MaskingProgram masking = ServiceMaskings.of(settings, keys.masking(), memory, clock.nanos());
        var limits = RecorderSettings.DEFAULT.withMaskBytes(memory.maskBytes());
        var recorder = new Recorder(
                recording.spool(),
                masking,
                new TapePool(memory.tapeBytes()),
                limits,
                settings.retention().toRules()::classified,
                recording.room());
        var stamps = new CallStamps(
                node, new SessionIds(clock.wall(), clock.random()), new CallClock(clock.wall(), clock.nanos()));
        Throttle throttle = throttle(settings, clock);
        var gateway = new CallGateway(
                settings.services(),
                new CallRules(
                        new FieldRules(Set.of(), clock.random()),
                        rules.policies(),
                        approvals == null ? Holding.CLOSED : approvals.room(recorder),
                        throttle),
                admittance,
                new Additions(
                        new CallerStatements(node, settings.identity().told(), keys.statements(), clock.wall()),
                        rules.credentials(),
                        new ResponseGuards(LibraryCodings.open())),
                isOff() ? null : recorder,
                stamps);
        return new Calls(gateway, throttle, recorder);
    }

    private static Throttle throttle(Settings settings, NodeClock clock) {
        Set<String> anonymous = settings.identity().providers().stream()
                .filter(ProviderSettings::takesEveryCaller)
                .map(ProviderSettings::name)
                .collect(Collectors.toCollection(HashSet::new));
        // That of listeners without a provider.
        anonymous.add(Caller.ANONYMOUS.provider());
        return new Throttle(
                new Limits(settings.limits().limits(), anonymous, clock.nanos()),
                new Circuits(settings.services(), settings.limits().circuits(), clock.nanos()));
    }

    /** Only for measuring what recording costs; no configuration can say it. */
    private static boolean isOff() {
        return "off".equals(System.getProperty("hansard.bench.recording"));
    }

    CallGateway gateway() {
        return gateway;
    }

    /** What keeps calls back. */
    Throttle throttle() {
        return throttle;
    }

    /** Writes the records that wait. */
    @Override
    public void close() {
        recorder.close();
    }
}
