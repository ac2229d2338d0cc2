// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.RequestHead;
import java.util.List;

/** The head of a request that is only thought of. */
record TrialHead(String method, String target, List<Field> lines) implements RequestHead {
    TrialHead {
        lines = List.copyOf(lines);
    }

    @Override
    public Fields fields() {
        return new ListedFields(lines);
    }
}
