// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.policy.Action;
import dev.hansard.ports.policy.BodyReader;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.policy.Decision.Outcome;
import dev.hansard.ports.policy.PolicyRequest;
import dev.hansard.ports.value.ServiceName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * All policies of one moment. Every policy that is for a request applies and the strictest wins: deny before
 * require-approval before allow. A policy that cannot be decided on denies, unless it would only allow or observe.
 * Immutable; safe for any number of threads.
 *
 * <p>A request is judged twice at the most: on its head, where what is denied stays unread, and with its content, if a
 * policy asks for it. Policies that are not for a service are sorted out beforehand.
 */
public final class PolicySet {
    /** How many policies there may be. */
    public static final int MOST_POLICIES = 10_000;

    private static final int VERSION_BYTES = 8;

    private final List<Policy> policies;
    private final PolicyDefaults defaults;
    private final BodyReader reader;
    private final String version;
    private final Map<ServiceName, List<Policy>> byService = new HashMap<>();
    private final Judgement.Made unmatched;

    private PolicySet(List<Policy> policies, PolicyDefaults defaults, BodyReader reader, List<Service> services) {
        this.policies = List.copyOf(policies);
        this.defaults = defaults;
        this.reader = reader;
        this.version = version(this.policies, defaults);
        this.unmatched = made(new Findings());
        for (Service service : services) {
            byService.put(
                    service.name(),
                    this.policies.stream()
                            .filter(policy -> policy.when().isFor(service))
                            .toList());
        }
    }

    /**
     * Puts policies together.
     *
     * @param reader reads contents for the expressions of the policies
     * @param services those whose requests will be judged; others are judged, too, only slower
     */
    public static PolicySet of(
            List<Policy> policies, PolicyDefaults defaults, BodyReader reader, List<Service> services) {
        return new PolicySet(policies, defaults, reader, services);
    }

    /** No policies: everything passes. */
    public static PolicySet none() {
        return new PolicySet(
                List.of(), PolicyDefaults.USUAL, (_, _) -> new BodyReader.Unreadable("nothing reads it"), List.of());
    }

    /** A hash over what they say, whatever their order: two sets that decide differently have different ones. */
    private static String version(List<Policy> policies, PolicyDefaults defaults) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes(defaults.unmatched().word() + " " + defaults.bodyBytes()));
            policies.stream().sorted(Comparator.comparing(Policy::name)).forEach(policy -> {
                byte[] content = bytes(policy.content());
                digest.update(bytes("\n" + content.length + "\n"));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** In the order written. */
    public List<Policy> policies() {
        return policies;
    }

    BodyReader reader() {
        return reader;
    }

    public PolicyDefaults defaults() {
        return defaults;
    }

    /** 16 hexadecimal digits. */
    public String version() {
        return version;
    }

    /** Judges a request by its head. */
    public Judgement judge(PolicyRequest request) {
        List<Policy> sorted = byService.get(request.service());
        return sorted == null ? judge(request, policies, false) : judge(request, sorted, true);
    }

    /** @param sorted whether the candidates are those for the request's service */
    private Judgement judge(PolicyRequest request, List<Policy> candidates, boolean sorted) {
        Findings findings = null;
        List<Policy> left = List.of();
        for (int i = 0; i < candidates.size(); i++) {
            Policy policy = candidates.get(i);
            When when = policy.when();
            if ((sorted ? when.misfitOfCall(request) : when.misfit(request)) != null) {
                continue;
            }
            findings = findings == null ? new Findings() : findings;
            if (policy.needsBody()) {
                left = left.isEmpty() ? new ArrayList<>() : left;
                left.add(policy);
            } else {
                findings.ask(policy, request, BodyReader.Absent.ABSENT);
            }
        }
        if (findings == null) {
            return unmatched;
        }
        return left.isEmpty() || findings.isDenied()
                ? made(findings)
                : new Judgement.Open(this, request, findings, left);
    }

    /** What the findings come to. */
    Judgement.Made made(Findings findings) {
        // Whoever denies anyway has the word.
        Findings.Failure closing = findings.isDenied() ? null : findings.closing();
        List<String> names = names(findings.matched());
        Action action = findings.matched().isEmpty() ? defaults.unmatched() : findings.action();
        Refusal refusal = action == Action.DENY ? denied(findings.matched()) : null;
        if (closing != null) {
            names.remove(closing.policy().name());
            names.addFirst(closing.policy().name());
            action = Action.DENY;
            refusal = failed(closing);
        }
        var decision = new Decision(
                action == Action.ALLOW ? Outcome.ALLOWED : Outcome.DENIED,
                firstOf(names),
                firstOf(names(findings.observed())),
                version);
        return new Judgement.Made(
                action,
                decision,
                refusal,
                findings.failed().stream()
                        .map(failure -> failure.policy().name())
                        .toList(),
                action == Action.REQUIRE_APPROVAL ? asking(findings) : List.of());
    }

    private static List<Policy> asking(Findings findings) {
        return findings.matched().stream()
                .filter(policy -> policy.action() == Action.REQUIRE_APPROVAL)
                .toList();
    }

    private static List<String> names(List<Policy> policies) {
        var names = new ArrayList<String>(policies.size());
        policies.forEach(policy -> names.add(policy.name()));
        return names;
    }

    private static List<String> firstOf(List<String> names) {
        return names.size() <= Decision.MOST_NAMES ? names : names.subList(0, Decision.MOST_NAMES);
    }

    private static Refusal denied(List<Policy> matched) {
        if (matched.isEmpty()) {
            return new Refusal(403, "policy_denied", "No policy allows this request.");
        }
        Policy policy = matched.getFirst();
        String message = policy.message().isEmpty() ? "" : ": " + policy.message();
        return new Refusal(
                403,
                "policy_denied",
                "Policy '" + policy.name() + "' denies this request" + message + (message.endsWith(".") ? "" : "."));
    }

    private static Refusal failed(Findings.Failure failure) {
        return new Refusal(
                403,
                "policy_error",
                "Policy '" + failure.policy().name()
                        + "' could not be decided on for this request, so it does not pass: " + failure.reason() + ".");
    }
}
