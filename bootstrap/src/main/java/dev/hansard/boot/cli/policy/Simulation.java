// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.text.Json;
import dev.hansard.core.policy.Judgement;
import dev.hansard.core.policy.PolicySet;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.policy.Action;
import dev.hansard.ports.policy.PolicyRequest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decides recorded requests anew, by other policies, and keeps those that would end otherwise. */
final class Simulation {
    private final PolicySet policies;
    private final Map<String, Map<String, String>> labels = new HashMap<>();
    private final Map<Effect, Integer> counts = new EnumMap<>(Effect.class);
    private final List<Changed> changed = new ArrayList<>();

    Simulation(PolicySet policies, List<Service> services) {
        this.policies = policies;
        services.forEach(service -> labels.put(service.name().value(), service.labels()));
    }

    /** What other policies would change for one session. */
    enum Effect {
        SAME("as before"),
        STRICTER("would no longer pass"),
        MORE_LENIENT("would pass now"),
        UNKNOWN("cannot be told: the record lacks the content, or masked it");

        private final String text;

        Effect(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /**
     * A session that would end otherwise.
     *
     * @param before as it was decided
     * @param now the action that would be taken
     * @param policy the policy that would decide; empty when none would
     */
    record Changed(JsonNode session, String before, Action now, String policy) {}

    void look(RecordedRequest recorded) {
        PolicyRequest request = recorded.head(
                labels.getOrDefault(recorded.session().path("service").asText(""), Map.of()));
        Judgement judgement = policies.judge(request);
        boolean needsBody = judgement instanceof Judgement.Open;
        if (needsBody && !recorded.isWhole()) {
            count(Effect.UNKNOWN);
            return;
        }
        Judgement.Made made = switch (judgement) {
            case Judgement.Made decided -> decided;
            case Judgement.Open open -> open.with(recorded.body());
        };
        // A masked value is text where a number was; the real request could be decided on.
        if (needsBody && !made.failed().isEmpty()) {
            count(Effect.UNKNOWN);
            return;
        }
        compare(recorded, made);
    }

    private void compare(RecordedRequest recorded, Judgement.Made made) {
        boolean passed = !recorded.decided().equals("denied");
        boolean passes = made.action() == Action.ALLOW;
        if (passed == passes) {
            count(Effect.SAME);
            return;
        }
        count(passes ? Effect.MORE_LENIENT : Effect.STRICTER);
        List<String> names = made.decision().policies();
        changed.add(new Changed(
                recorded.session(), recorded.decided(), made.action(), names.isEmpty() ? "" : names.getFirst()));
    }

    private void count(Effect effect) {
        counts.merge(effect, 1, Integer::sum);
    }

    int count(List<Effect> effects) {
        return effects.stream()
                .mapToInt(effect -> counts.getOrDefault(effect, 0))
                .sum();
    }

    List<Changed> changed() {
        return changed;
    }

    /** One document for programs. */
    JsonNode document() {
        return Json.tree(Map.of(
                "version", policies.version(),
                "same", count(List.of(Effect.SAME)),
                "stricter", count(List.of(Effect.STRICTER)),
                "moreLenient", count(List.of(Effect.MORE_LENIENT)),
                "unknown", count(List.of(Effect.UNKNOWN)),
                "items", changed.stream().map(Simulation::item).toList()));
    }

    static Map<String, Object> item(Changed one) {
        return Map.of(
                "id", one.session().path("id").asText(""),
                "service", one.session().path("service").asText(""),
                "method", one.session().at("/request/method").asText(""),
                "target", one.session().at("/request/target").asText(""),
                "caller", one.session().at("/caller/subject").asText(""),
                "before", one.before(),
                "now", one.now().word(),
                "policy", one.policy());
    }
}
