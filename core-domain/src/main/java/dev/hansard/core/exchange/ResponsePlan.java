// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.ports.exchange.HeadPlan;
import dev.hansard.ports.value.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a response's fields.
 *
 * @param session named in the final response; null for an interim one
 */
record ResponsePlan(KeptFields kept, @Nullable SessionId session) implements HeadPlan {
    @Override
    public boolean keeps(int index) {
        return kept.keeps(index);
    }

    @Override
    public void added(FieldSink sink) {
        sink.field(FieldRules.VIA.name(), FieldRules.VIA.value());
        if (session != null) {
            sink.field("Hansard-Session", session.toString());
        }
    }
}
