// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import java.util.List;

/** Fields that stand in a list. */
public record ListedFields(List<Field> lines) implements Fields {
    public ListedFields {
        lines = List.copyOf(lines);
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
        return lines.get(index).name().equalsIgnoreCase(lowerCaseName);
    }
}
