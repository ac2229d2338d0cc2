// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.recovery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row of the control data.
 *
 * @param table its name without a schema
 * @param values by column, in the order of the columns
 * @since 0.1
 */
public record ControlRow(String table, Map<String, ControlValue> values) {
    public ControlRow {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
