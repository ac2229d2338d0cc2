// SPDX-License-Identifier: Apache-2.0
package dev.hansard.bench;

import dev.hansard.core.circuit.Circuit;
import dev.hansard.core.circuit.CircuitRule;
import dev.hansard.core.circuit.Circuits;
import dev.hansard.core.circuit.ServiceCircuits;
import dev.hansard.core.limit.Entry;
import dev.hansard.core.limit.Limits;
import dev.hansard.core.limit.Rate;
import dev.hansard.core.limit.RateLimit;
import dev.hansard.core.limit.ServiceLimits;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What limits and a circuit add to one call, which passes; and what a refused one costs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(java.util.concurrent.TimeUnit.NANOSECONDS)
public class Throttling {
    private static final ServiceName NAME = new ServiceName("payments");
    private static final UpstreamAddress UPSTREAM = new UpstreamAddress(false, "localhost", 1);
    private static final Service SERVICE = new Service(
            NAME,
            List.of(UPSTREAM),
            UpstreamTls.DEFAULT,
            UpstreamTimeouts.DEFAULT,
            List.of(Match.ANY),
            RecordPolicy.DEFAULT,
            RetentionClass.DEFAULT,
            Map.of());
    private static final String ADDRESS = "192.0.2.1";

    private final Caller[] callers = new Caller[1024];

    // A rate that is never reached: a million a second each, and what is measured takes less than that together.
    private final RateLimit ofCaller = million(RateLimit.Per.CALLER);
    private final Limits rateOfCaller = limits(new ServiceLimits(List.of(ofCaller), 0, 0, 10_000));
    private final Limits everything = limits(new ServiceLimits(List.of(ofCaller), 500, 50, 10_000));
    private final Limits refusing = limits(new ServiceLimits(
            List.of(new RateLimit(new Rate(1, Rate.Period.HOUR), 1, RateLimit.Per.CALLER)), 0, 0, 10_000));
    private final ServiceCircuits circuits =
            new Circuits(List.of(SERVICE), Map.of(NAME, CircuitRule.USUAL), System::nanoTime).of(NAME);

    public Throttling() {
        for (int i = 0; i < callers.length; i++) {
            callers[i] = new Caller("workloads", "spiffe://prod/ns/shop/checkout-" + i, List.of());
        }
    }

    private static RateLimit million(RateLimit.Per per) {
        return new RateLimit(new Rate(1_000_000, Rate.Period.SECOND), 1_000_000, per);
    }

    private static Limits limits(ServiceLimits limits) {
        return new Limits(Map.of(NAME, limits), Set.of("anonymous"), System::nanoTime);
    }

    private Caller caller() {
        return callers[ThreadLocalRandom.current().nextInt(callers.length)];
    }

    /** Choosing a caller and reading the clock: part of all that follow. */
    @Benchmark
    public long nothing() {
        return caller().subject().length() + System.nanoTime();
    }

    @Benchmark
    public Entry notConfigured() {
        return Limits.NONE.enter(NAME, caller(), ADDRESS);
    }

    @Benchmark
    public Entry rateOfCaller() {
        return rateOfCaller.enter(NAME, caller(), ADDRESS);
    }

    @Benchmark
    public Entry rateAndInFlight() {
        Entry entry = everything.enter(NAME, caller(), ADDRESS);
        entry.leave();
        return entry;
    }

    @Benchmark
    public Entry refusal() {
        return refusing.enter(NAME, callers[0], ADDRESS);
    }

    @Benchmark
    public Circuit.Pass circuit() {
        Circuit circuit = circuits.at(0);
        Circuit.Pass pass = circuit.enter(circuits.now());
        circuit.succeeded(pass, circuits.now());
        return pass;
    }
}
