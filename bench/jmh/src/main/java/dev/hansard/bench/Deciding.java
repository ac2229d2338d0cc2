// SPDX-License-Identifier: Apache-2.0
package dev.hansard.bench;

import dev.hansard.core.exchange.ListedFields;
import dev.hansard.core.policy.GivenRequest;
import dev.hansard.core.policy.Judgement;
import dev.hansard.core.policy.NamedValue;
import dev.hansard.core.policy.PathGlob;
import dev.hansard.core.policy.Policy;
import dev.hansard.core.policy.PolicyDefaults;
import dev.hansard.core.policy.PolicySet;
import dev.hansard.core.policy.TextGlob;
import dev.hansard.core.policy.TimeWindow;
import dev.hansard.core.policy.When;
import dev.hansard.http.policy.StrictJson;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.policy.Action;
import dev.hansard.ports.policy.PolicyRequest;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One decision by policies of one service, of which none fits: every one of them is looked at. */
@State(Scope.Thread)
public class Deciding {
    private static final Service SERVICE = new Service(
            new ServiceName("payments"),
            List.of(new UpstreamAddress(false, "localhost", 1)),
            UpstreamTls.DEFAULT,
            UpstreamTimeouts.DEFAULT,
            List.of(Match.ANY),
            RecordPolicy.DEFAULT,
            RetentionClass.DEFAULT,
            Map.of());
    private static final PolicyRequest REQUEST = new GivenRequest(
            SERVICE.name(),
            Map.of(),
            "edge",
            new Caller("workloads", "spiffe://prod/ns/shop/checkout", List.of("checkout", "shop")),
            "POST",
            "payments.test",
            "/v1/orders/4711/lines",
            "?expand=items&page=2",
            new ListedFields(List.of(new Field("Host", "payments.test"), new Field("X-Env", "prod"))),
            Instant.parse("2026-07-01T12:00:00Z"));

    @Param({"0", "1", "100", "1000"})
    public int count;

    private PolicySet policies = PolicySet.none();

    @Setup
    public void prepare() {
        var all = new ArrayList<Policy>();
        for (int i = 0; i < count; i++) {
            all.add(new Policy("p" + i, when(i), null, Action.DENY, false, "", ""));
        }
        policies = PolicySet.of(all, PolicyDefaults.USUAL, StrictJson.create(), List.of(SERVICE));
    }

    private static When when(int i) {
        return switch (i % 4) {
            case 0 -> when(List.of(), List.of(PathGlob.of("/admin" + i + "/**")), List.of(), List.of(), List.of());
            case 1 -> when(List.of("POST"), List.of(PathGlob.of("/v*/refunds" + i + "/**")), List.of(), List.of(),
                    List.of());
            case 2 -> when(List.of(), List.of(), List.of(new CallerPattern("key:ci-" + i + "*")), List.of(), List.of());
            default -> when(
                    List.of("POST"),
                    List.of(),
                    List.of(),
                    List.of(new NamedValue("x-env", List.of(new TextGlob("stage" + i)))),
                    List.of(TimeWindow.parse("22:00-05:00 Europe/Berlin")));
        };
    }

    private static When when(
            List<String> methods,
            List<PathGlob> paths,
            List<CallerPattern> callers,
            List<NamedValue> headers,
            List<TimeWindow> outside) {
        return new When(
                List.of(), Map.of(), methods, paths, callers, List.of(), headers, List.of(), List.of(), outside);
    }

    @Benchmark
    public Judgement decide() {
        return policies.judge(REQUEST);
    }
}
