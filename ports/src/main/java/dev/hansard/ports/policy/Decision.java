// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.policy;

import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.InvalidValueException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was decided on one call by the policies, as its record says.
 *
 * @param policies names of the policies that were for it, the one that decided first; at most {@link #MOST_NAMES}
 * @param observed names of those that would have stopped it, but only observe; likewise
 * @param version of the policies that it was decided by, as {@code hansard policies ls} shows it; empty when the record
 *     does not say
 * @param approval the one that people were asked for, or that let it pass; null when there was none
 * @since 0.1
 */
public record Decision(
        Outcome outcome,
        List<String> policies,
        List<String> observed,
        String version,
        @Nullable ApprovalId approval) {
    /** How many names of each kind a record keeps. */
    public static final int MOST_NAMES = 32;

    /** Of a call whose record says nothing of policies. */
    public static final Decision UNSAID = new Decision(Outcome.ALLOWED, List.of(), List.of(), "");

    public Decision {
        policies = List.copyOf(policies);
        observed = List.copyOf(observed);
        if (policies.size() > MOST_NAMES || observed.size() > MOST_NAMES) {
            throw new InvalidValueException("a decision must name at most " + MOST_NAMES + " policies of each kind");
        }
    }

    /** One without an approval. */
    public Decision(Outcome outcome, List<String> policies, List<String> observed, String version) {
        this(outcome, policies, observed, version, null);
    }

    /** The same policies, another outcome, and the approval that it hangs on. */
    public Decision by(ApprovalId approval, Outcome other) {
        return new Decision(other, policies, observed, version, approval);
    }

    /** Whether the record says anything of policies. */
    public boolean isSaid() {
        return !version.isEmpty();
    }

    /**
     * What came of it.
     *
     * @since 0.1
     */
    public enum Outcome {
        /** It passed. */
        ALLOWED,
        /** It did not, or it could not be decided on, which is the same. */
        DENIED,
        /** It passed, because people approved it. */
        APPROVED,
        /** It waits for people to approve it; another record, with the same approval, tells how it went on. */
        HELD;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
