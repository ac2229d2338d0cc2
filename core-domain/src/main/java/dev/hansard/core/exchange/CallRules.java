// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.approval.Holding;
import dev.hansard.core.policy.PolicyBook;
import dev.hansard.core.policy.PolicySet;

/**
 * What a call has to keep to.
 *
 * @param fields which fields go on
 * @param policies what may pass
 * @param approvals who is asked where a policy wants that
 * @param throttle what keeps calls back although they may pass
 */
public record CallRules(FieldRules fields, PolicyBook policies, Holding approvals, Throttle throttle) {
    /** Those without a throttle. */
    public CallRules(FieldRules fields, PolicyBook policies, Holding approvals) {
        this(fields, policies, approvals, Throttle.NONE);
    }

    /** Those of fields alone: every call may pass. */
    public static CallRules of(FieldRules fields) {
        return new CallRules(fields, new PolicyBook(PolicySet.none()), Holding.CLOSED);
    }
}
