// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.exchange.Field;
import java.util.List;

/**
 * How a message that Hansard sent on differs from the one it received: the record shows the received one, and with
 * these the sent one can be told.
 *
 * @param removed names of received fields that were not sent on, in order
 * @param added fields that Hansard added, in order
 * @since 0.1
 */
public record Changes(List<String> removed, List<Field> added) {
    public static final Changes NONE = new Changes(List.of(), List.of());

    public Changes {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }
}
