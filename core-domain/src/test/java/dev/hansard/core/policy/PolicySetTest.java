// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import static dev.hansard.core.policy.Given.asking;
import static dev.hansard.core.policy.Given.body;
import static dev.hansard.core.policy.Given.contentIs;
import static dev.hansard.core.policy.Given.observing;
import static dev.hansard.core.policy.Given.path;
import static dev.hansard.core.policy.Given.policy;
import static dev.hansard.core.policy.Given.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.policy.Action;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.policy.Decision.Outcome;
import dev.hansard.ports.policy.Expression;
import dev.hansard.ports.policy.PolicyRequest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PolicySetTest {
    private static final PolicyRequest REQUEST = request("POST", "/v1/refunds/7");

    private static PolicySet set(Policy... policies) {
        return PolicySet.of(List.of(policies), PolicyDefaults.USUAL, Given.TEXT, List.of());
    }

    private static Judgement.Made made(Judgement judgement) {
        assertThat(judgement).isInstanceOf(Judgement.Made.class);
        return (Judgement.Made) judgement;
    }

    private static Judgement.Made made(Judgement judgement, String content) {
        assertThat(judgement).isInstanceOf(Judgement.Open.class);
        return ((Judgement.Open) judgement).with(body(content));
    }

    private static Refusal refusal(Judgement.Made made) {
        return Objects.requireNonNull(made.refusal());
    }

    @Test
    void allowsWhatNoPolicyIsFor() {
        PolicySet policies = set(policy("elsewhere", path("/admin/**"), Action.DENY));

        Judgement.Made made = made(policies.judge(REQUEST));

        assertThat(made.decision()).isEqualTo(new Decision(Outcome.ALLOWED, List.of(), List.of(), policies.version()));
        assertThat(made.refusal()).isNull();
    }

    @Test
    void deniesWhatNoPolicyIsForWhenToldSo() {
        PolicySet policies = PolicySet.of(
                List.of(policy("refunds", path("/v1/refunds/**"), Action.ALLOW)),
                new PolicyDefaults(Action.DENY, 1),
                Given.TEXT,
                List.of());

        assertThat(made(policies.judge(REQUEST)).decision().outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(refusal(made(policies.judge(request("GET", "/other")))).detail())
                .isEqualTo("No policy allows this request.");
    }

    @Test
    void letsTheStrictestWinAndNamesAllThatApply() {
        PolicySet policies = set(
                policy("a-allows", When.ALWAYS, Action.ALLOW),
                policy("b-asks", When.ALWAYS, Action.REQUIRE_APPROVAL),
                policy("d-denies", When.ALWAYS, Action.DENY),
                policy("c-denies", When.ALWAYS, Action.DENY));

        Judgement.Made made = made(policies.judge(REQUEST));

        assertThat(made.action()).isEqualTo(Action.DENY);
        assertThat(made.decision().policies()).containsExactly("c-denies", "d-denies", "b-asks", "a-allows");
        assertThat(refusal(made).code()).isEqualTo("policy_denied");
        assertThat(refusal(made).detail()).isEqualTo("Policy 'c-denies' denies this request.");
    }

    @Test
    void tellsTheMessageOfThePolicyThatDecides() {
        PolicySet policies =
                set(new Policy("no-admin", When.ALWAYS, null, Action.DENY, false, "Use the other door.", ""));

        assertThat(refusal(made(policies.judge(REQUEST))).detail())
                .isEqualTo("Policy 'no-admin' denies this request: Use the other door.");
    }

    @Test
    void onlyWritesDownWhatObservingPoliciesWouldHaveDone() {
        PolicySet policies =
                set(observing("watch", When.ALWAYS, Action.DENY), observing("watch-allow", When.ALWAYS, Action.ALLOW));

        Judgement.Made made = made(policies.judge(REQUEST));

        assertThat(made.refusal()).isNull();
        assertThat(made.decision().observed()).containsExactly("watch");
        assertThat(made.decision().policies()).isEmpty();
    }

    @Test
    void asksForTheContentOnlyWhereAPolicyNeedsIt() {
        PolicySet policies = set(asking("big", contentIs("big"), Action.DENY));

        assertThat(made(policies.judge(REQUEST), "small").refusal()).isNull();
        assertThat(refusal(made(policies.judge(REQUEST), "big")).code()).isEqualTo("policy_denied");
    }

    @Test
    void deniesByTheHeadWithoutTheContent() {
        PolicySet policies =
                set(asking("big", contentIs("big"), Action.DENY), policy("none", When.ALWAYS, Action.DENY));

        assertThat(made(policies.judge(REQUEST)).decision().policies()).containsExactly("none");
    }

    @Test
    void deniesWhatCannotBeDecidedOn() {
        PolicySet policies =
                set(asking("big", contentIs("big"), Action.REQUIRE_APPROVAL), policy("ok", When.ALWAYS, Action.ALLOW));

        Judgement.Made made = made(policies.judge(REQUEST), "?");

        assertThat(made.action()).isEqualTo(Action.DENY);
        assertThat(made.failed()).containsExactly("big");
        assertThat(made.decision().policies()).containsExactly("big", "ok");
        assertThat(refusal(made).code()).isEqualTo("policy_error");
        assertThat(refusal(made).detail())
                .isEqualTo("Policy 'big' could not be decided on for this request, so it does not pass:"
                        + " its content is a riddle.");
    }

    @Test
    void saysDeniedWhenAnotherPolicyDeniesAnyway() {
        PolicySet policies = set(
                asking("broken", contentIs("x"), Action.DENY),
                asking("riddle", Given.ofHead(_ -> unknown()), Action.DENY),
                policy("none", When.ALWAYS, Action.DENY));

        assertThat(refusal(made(policies.judge(REQUEST))).code()).isEqualTo("policy_denied");
    }

    private static Expression.Answer unknown() {
        return new Expression.Unknown("nobody knows");
    }

    @Test
    void letsPassWhenOnlyAnAllowingOrObservingPolicyFails() {
        PolicySet policies = set(
                asking("allow", Given.ofHead(_ -> unknown()), Action.ALLOW),
                new Policy("watch", When.ALWAYS, Given.ofHead(_ -> unknown()), Action.DENY, true, "", ""));

        Judgement.Made made = made(policies.judge(REQUEST));

        assertThat(made.refusal()).isNull();
        assertThat(made.failed()).containsExactly("watch", "allow");
        assertThat(made.decision().observed()).isEmpty();
    }

    @Test
    void namesNoMoreThanARecordKeeps() {
        var many = new Policy[Decision.MOST_NAMES + 8];
        for (int i = 0; i < many.length; i++) {
            many[i] = policy("p" + i, When.ALWAYS, Action.ALLOW);
        }

        assertThat(made(set(many).judge(REQUEST)).decision().policies()).hasSize(Decision.MOST_NAMES);
    }

    @Test
    void hasAVersionThatTellsWhatItSaysAndNotInWhichOrder() {
        Policy one = policy("one", When.ALWAYS, Action.ALLOW);
        Policy two = policy("two", path("/a"), Action.DENY);

        assertThat(set(one, two).version()).isEqualTo(set(two, one).version()).hasSize(16);
        assertThat(set(one, two).version())
                .isNotEqualTo(set(one).version())
                .isNotEqualTo(set(one, policy("two", path("/b"), Action.DENY)).version());
    }

    @Test
    void countsWhatAppliesUntilThePolicyIsGone() {
        PolicySet policies = set(policy("p", When.ALWAYS, Action.DENY));
        var book = new PolicyBook(policies);

        book.count(made(policies.judge(REQUEST)));
        book.count(made(policies.judge(REQUEST)));

        assertThat(book.applied("p")).isEqualTo(2);
        assertThat(book.failed("p")).isZero();
        book.replace(set());
        assertThat(book.applied("p")).isZero();
    }
}
