// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.RequestHead;
import java.util.List;

/** The head of a request that was kept for a while. */
record ResumedHead(String method, String target, List<Field> lines) implements RequestHead, Fields {
    ResumedHead {
        lines = List.copyOf(lines);
    }

    @Override
    public Fields fields() {
        return this;
    }

    @Override
    public int count() {
        return lines.size();
    }

    @Override
    public String name(int index) {
        return lines.get(index).name();
    }

    @Override
    public String value(int index) {
        return lines.get(index).value();
    }

    @Override
    public boolean isNamed(int index, String lowerCaseName) {
        return name(index).equalsIgnoreCase(lowerCaseName);
    }

    /** Nothing of a request is ever printed. */
    @Override
    public String toString() {
        return "ResumedHead";
    }
}
