// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.identity.AllowedCallers;
import dev.hansard.core.policy.GivenRequest;
import dev.hansard.core.policy.Judgement;
import dev.hansard.core.policy.PolicyTrial;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.Ruling;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.policy.Explanation;
import dev.hansard.ports.policy.PolicyRequest;
import dev.hansard.ports.policy.Trial;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Says what would become of a request by the same steps that a real one goes through: the same reading of its target,
 * the same route, the same rules for its fields, the same policies. Nothing is sent. Safe for any number of threads.
 */
public final class Trials {
    /** The answer where no route leads. */
    static final Refusal NO_SERVICE =
            new Refusal(404, "no_service", "No service is configured for this host and path.");

    private static final String NOWHERE = "0.0.0.0";

    private final Router router;
    private final AllowedCallers callers;
    private final CallRules rules;
    private final InstantSource clock;
    private final String usualListener;

    /**
     * Trials over what a gateway decides by.
     *
     * @param usualListener the one that a trial comes in on that names none
     */
    public Trials(
            List<Service> services,
            AllowedCallers callers,
            CallRules rules,
            InstantSource clock,
            String usualListener) {
        this.router = new Router(services);
        this.callers = callers;
        this.rules = rules;
        this.clock = clock;
        this.usualListener = usualListener;
    }

    /** What would become of it. */
    public Explanation explain(Trial asked) {
        Trial trial = asked.listener().isEmpty() ? asked.on(usualListener) : asked;
        List<Field> fields = withHost(trial);
        var head = new TrialHead(trial.method(), trial.target(), fields);
        TargetReading reading =
                TargetReader.read(head.method(), head.target(), head.fields().first("host"));
        return switch (reading) {
            case TargetReading.Unreadable(Refusal refusal) -> Explanation.refused(null, "", refusal);
            case TargetReading.Read target -> routed(trial, head, target);
        };
    }

    private static List<Field> withHost(Trial trial) {
        var fields = new ArrayList<>(trial.fields());
        if (fields.stream().noneMatch(field -> field.name().equalsIgnoreCase("host"))) {
            fields.addFirst(new Field("Host", authority(trial.target())));
        }
        return fields;
    }

    private static String authority(String target) {
        int from = target.indexOf("://");
        if (target.startsWith("/") || from < 0) {
            return "localhost";
        }
        int end = from + 3;
        while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        return target.substring(from + 3, end);
    }

    private Explanation routed(Trial trial, TrialHead head, TargetReading.Read target) {
        Routed routed = router.route(trial.listener(), target.host(), target.path());
        if (routed == null) {
            return Explanation.refused(null, target.path(), NO_SERVICE);
        }
        Service service = routed.service();
        Refusal notAllowed = callers.refusal(service.name(), trial.caller());
        if (notAllowed != null) {
            return Explanation.refused(service.name(), routed.upstreamPath(), notAllowed);
        }
        var arrival = new Arrival(trial.listener(), NOWHERE, false);
        return switch (rules.fields().plan(head, arrival, target.authority(), Set.of())) {
            case RequestPlan.Answer(Refusal refusal) ->
                Explanation.refused(service.name(), routed.upstreamPath(), refusal);
            case RequestPlan.Forward plan -> judged(trial, request(trial, head, target, routed, plan));
        };
    }

    private PolicyRequest request(
            Trial trial, TrialHead head, TargetReading.Read target, Routed routed, RequestPlan.Forward plan) {
        return new GivenRequest(
                routed.service().name(),
                routed.service().labels(),
                trial.listener(),
                trial.caller(),
                trial.method(),
                target.host(),
                routed.upstreamPath(),
                target.query(),
                new SentFields(head.fields(), plan.kept()),
                trial.at() == null ? clock.instant() : trial.at());
    }

    private Explanation judged(Trial trial, PolicyRequest request) {
        var tried = new PolicyTrial(rules.policies().current(), request, trial.body());
        Judgement.Made made = tried.judgement();
        return new Explanation(
                request.service(),
                request.path(),
                tried.isTooLarge() ? tooLarge() : made.refusal(),
                made.action(),
                made.decision(),
                tried.lines());
    }

    private Refusal tooLarge() {
        int most = rules.policies().current().defaults().bodyBytes();
        return new Ruling.NeedsContent(most).tooLarge();
    }
}
