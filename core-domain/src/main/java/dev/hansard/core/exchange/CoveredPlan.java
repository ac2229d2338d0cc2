// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.credential.guard.Reflection;
import dev.hansard.core.masking.exact.ExactValues;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.HeadPlan;

/**
 * A response's head in which injected values are covered.
 *
 * @param plan the same head otherwise
 */
public record CoveredPlan(HeadPlan plan, Fields received, ExactValues values) implements HeadPlan {
    @Override
    public boolean keeps(int index) {
        return plan.keeps(index) && !isReflected(index);
    }

    private boolean isReflected(int index) {
        return Reflection.isIn(values, received.value(index)) || Reflection.isIn(values, received.name(index));
    }

    @Override
    public void added(FieldSink sink) {
        for (int index = 0; index < received.count(); index++) {
            boolean isNamed = Reflection.isIn(values, received.name(index));
            if (plan.keeps(index) && isReflected(index) && !isNamed) {
                sink.field(received.name(index), Reflection.covered(values, received.value(index)));
            }
        }
        plan.added(sink);
    }
}
