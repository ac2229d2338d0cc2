// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.policy;

import dev.hansard.boot.settings.yaml.Amounts;
import dev.hansard.boot.settings.yaml.Names;
import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Words;
import dev.hansard.core.approval.rule.People;
import dev.hansard.core.policy.Policy;
import dev.hansard.core.policy.PolicyDefaults;
import dev.hansard.core.policy.PolicySet;
import dev.hansard.core.policy.TextGlob;
import dev.hansard.core.policy.When;
import dev.hansard.ports.policy.Action;
import dev.hansard.ports.policy.Expression;
import dev.hansard.ports.policy.ExpressionCompiler;
import dev.hansard.ports.value.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code policies} of the configuration file and of the files that it includes, and {@code decisions}. */
public final class PolicyReader {
    private static final int LONGEST_MESSAGE = 500;
    private static final Map<String, Action> ACTIONS = Map.of(
            Action.ALLOW.word(), Action.ALLOW,
            Action.REQUIRE_APPROVAL.word(), Action.REQUIRE_APPROVAL,
            Action.DENY.word(), Action.DENY);
    private static final Map<String, Action> UNMATCHED =
            Map.of(Action.ALLOW.word(), Action.ALLOW, Action.DENY.word(), Action.DENY);

    private final Problems problems;
    private final ExpressionCompiler compiler;
    private final PolicyDefaults defaults;
    private final People people;
    private final Map<String, Position> seen = new HashMap<>();
    private final List<Policy> policies = new ArrayList<>();
    // Services are known only when all files are read.
    private final Map<Position, TextGlob> services = new LinkedHashMap<>();

    /** Reads what the configuration file itself says. */
    public PolicyReader(Section root, ExpressionCompiler compiler) {
        this.problems = root.problems();
        this.compiler = compiler;
        Section section = root.section("decisions", PolicyKeys.DECISIONS);
        this.defaults = new PolicyDefaults(
                section.choice("unmatched", PolicyDefaults.USUAL.unmatched(), UNMATCHED, List.of()),
                section.parsed(
                        "body-bytes",
                        PolicyDefaults.USUAL.bodyBytes(),
                        text -> Math.toIntExact(Amounts.bytes(text, 1, PolicyDefaults.MOST_BODY_BYTES))));
        this.people = new PeopleReader(root).read();
        include(root);
    }

    /** Reads the policies of a file that is included. */
    public void include(Section root) {
        for (Entry entry : root.named("policies")) {
            Position first = seen.putIfAbsent(entry.key(), entry.at());
            if (first != null) {
                problems.error(
                        entry.at(), "policy '" + entry.key() + "' is defined twice, first at " + first, "rename one");
            } else if (seen.size() == PolicySet.MOST_POLICIES + 1) {
                problems.error(entry.at(), "there are more than " + PolicySet.MOST_POLICIES + " policies");
            } else if (Names.check(entry, "policies." + entry.key(), problems)) {
                read(entry);
            }
        }
    }

    private void read(Entry entry) {
        String path = "policies." + entry.key();
        Section section = Section.open(entry.value(), path, PolicyKeys.POLICY, problems);
        boolean observe = section.truth("observe", false);
        Section when = section.section("when", PolicyKeys.WHEN);
        When conditions = new WhenReader(when).read();
        conditions.services().forEach(glob -> services.putIfAbsent(when.placeOf("service"), glob));
        if (!section.has("action")) {
            problems.error(entry.at(), path + " has no action", "write action: allow, deny or require-approval");
        }
        Action action = section.choice("action", Action.DENY, ACTIONS, List.of());
        policies.add(new Policy(
                entry.key(),
                conditions,
                expression(section),
                action,
                observe,
                section.parsed("message", "", text -> Names.word(text, LONGEST_MESSAGE)),
                new ApprovalReader(section).read(action),
                entry.at().toString()));
    }

    private @Nullable Expression expression(Section section) {
        Tree written = section.find("expr");
        String text = written == null ? null : section.text(written, section.child("expr"));
        if (written == null || text == null) {
            return null;
        }
        return switch (compiler.compile(text)) {
            case ExpressionCompiler.Compiled(Expression expression) -> expression;
            case ExpressionCompiler.Rejected(int line, int column, String problem) -> {
                problems.error(
                        written.at(),
                        section.child("expr") + ", line " + line + ", column " + column + ": " + problem,
                        "it is CEL over the request, such as request.json.amount > 1000");
                yield null;
            }
        };
    }

    /** All of it, when all services are read. */
    public PolicySettings settings(Set<ServiceName> known) {
        List<String> names = known.stream().map(ServiceName::value).sorted().toList();
        services.forEach((at, glob) -> {
            if (names.stream().anyMatch(glob::matches)) {
                return;
            }
            if (glob.text().indexOf('*') < 0) {
                problems.error(at, "there is no service '" + glob + "'", Words.hint(glob.text(), names, "services"));
            } else {
                problems.warning(at, "there is no service that '" + glob + "' matches", "check the spelling");
            }
        });
        return new PolicySettings(policies, defaults, people);
    }
}
