// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.policy.Action;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.policy.Expression;
import dev.hansard.ports.policy.PolicyRequest;
import dev.hansard.ports.session.PathPattern;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the compiled set decides, against the plainest reading of the rule: all that match apply, strictest wins. */
class PolicySetPropertyTest {
    private static final List<String> CONTENTS = List.of("big", "small", "?");

    @Property(tries = 500)
    void decidesAsThePlainestReadingDoes(
            @ForAll("policies") List<Policy> policies,
            @ForAll("requests") PolicyRequest request,
            @ForAll("contents") String content) {
        Judgement.Made made = judged(set(policies, true), request, content);

        assertThat(made.action()).isEqualTo(oracle(policies, request, content));
        assertThat(made.decision().outcome() == Decision.Outcome.ALLOWED).isEqualTo(made.action() == Action.ALLOW);
    }

    @Property(tries = 300)
    void decidesTheSameInAnyOrderAndWithoutItsIndex(
            @ForAll("policies") List<Policy> policies,
            @ForAll("requests") PolicyRequest request,
            @ForAll("contents") String content,
            @ForAll long seed) {
        var shuffled = new ArrayList<>(policies);
        Collections.shuffle(shuffled, new Random(seed));

        Judgement.Made made = judged(set(policies, true), request, content);
        Judgement.Made other = judged(set(shuffled, false), request, content);

        assertThat(other).isEqualTo(made);
    }

    @Property(tries = 200)
    void isNeverMoreLenientWithOnePolicyMore(
            @ForAll("policies") List<Policy> policies,
            @ForAll("requests") PolicyRequest request,
            @ForAll("contents") String content) {
        Action with = judged(set(policies, true), request, content).action();
        Action without = judged(set(policies.subList(0, policies.size() - 1), true), request, content)
                .action();

        assertThat(with.compareTo(without)).isGreaterThanOrEqualTo(0);
    }

    private static PolicySet set(List<Policy> policies, boolean indexed) {
        var service = new Service(
                new ServiceName("payments"),
                List.of(new UpstreamAddress(false, "localhost", 1)),
                UpstreamTls.DEFAULT,
                UpstreamTimeouts.DEFAULT,
                List.of(Match.ANY),
                RecordPolicy.DEFAULT,
                RetentionClass.DEFAULT,
                Map.of("tier", "1"));
        return PolicySet.of(policies, PolicyDefaults.USUAL, Given.TEXT, indexed ? List.of(service) : List.of());
    }

    private static Judgement.Made judged(PolicySet policies, PolicyRequest request, String content) {
        return switch (policies.judge(request)) {
            case Judgement.Made made -> made;
            case Judgement.Open open -> open.with(Given.body(content));
        };
    }

    private static Action oracle(List<Policy> policies, PolicyRequest request, String content) {
        var actions = new TreeSet<Action>(List.of(Action.ALLOW));
        for (Policy policy : policies) {
            if (!policy.observe() && isFor(policy.when(), request)) {
                Expression expression = policy.expression();
                boolean asks = expression != null;
                boolean failed = asks && content.equals("?") && policy.action() != Action.ALLOW;
                if (failed) {
                    actions.add(Action.DENY);
                } else if (!asks || content.equals("big")) {
                    actions.add(policy.action());
                }
            }
        }
        return actions.last();
    }

    private static boolean isFor(When when, PolicyRequest request) {
        return when.services().stream()
                        .anyMatch(glob -> glob.text().equals("*") || glob.text().equals("payments"))
                && (when.methods().isEmpty() || when.methods().contains(request.method()))
                && when.paths().stream().anyMatch(glob -> new PathPattern(glob.toString()).matches(request.path()))
                && (when.callers().isEmpty()
                        || when.callers().stream().anyMatch(pattern -> pattern.matches(request.caller())));
    }

    @Provide
    Arbitrary<String> contents() {
        return Arbitraries.of(CONTENTS);
    }

    @Provide
    Arbitrary<PolicyRequest> requests() {
        return Combinators.combine(Arbitraries.of("GET", "POST"), Arbitraries.of("/a", "/a/b", "/a/b/c", "/b"))
                .as(Given::request);
    }

    @Provide
    Arbitrary<List<Policy>> policies() {
        Arbitrary<When> whens = Combinators.combine(
                        Arbitraries.of("*", "payments", "ledger"),
                        Arbitraries.of(List.<String>of(), List.of("GET"), List.of("POST", "PUT")),
                        Arbitraries.of("**", "/a", "/a/*", "/a/b/*", "/*/b"),
                        Arbitraries.of("key:ci-*", "group:shop", "key:other", ""))
                .as((service, methods, path, caller) -> new When(
                        List.of(new TextGlob(service)),
                        Map.of(),
                        methods,
                        List.of(PathGlob.of(path)),
                        caller.isEmpty() ? List.of() : List.of(new CallerPattern(caller)),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
        return Combinators.combine(
                        whens,
                        Arbitraries.of(Action.values()),
                        Arbitraries.of(true, false, false),
                        Arbitraries.of(true, false))
                .as((when, action, observe, asks) ->
                        new Policy("", when, asks ? Given.contentIs("big") : null, action, observe, "", ""))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(PolicySetPropertyTest::named);
    }

    private static List<Policy> named(List<Policy> policies) {
        var named = new ArrayList<Policy>();
        for (Policy policy : policies) {
            named.add(new Policy(
                    "p" + named.size(), policy.when(), policy.expression(), policy.action(), policy.observe(), "", ""));
        }
        return named;
    }
}
