// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.policy;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.RequestBody;
import dev.hansard.ports.identity.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that is only thought of.
 *
 * @param listener the listener that it comes in on; empty for the first
 * @param caller who makes it
 * @param target the request-target: a path with its query, or a whole URL
 * @param fields its header fields; without Host it is for the host of the URL
 * @param body its content; null when it has none
 * @param at when; null for now
 * @since 0.1
 */
public record Trial(
        String listener,
        Caller caller,
        String method,
        String target,
        List<Field> fields,
        @Nullable RequestBody body,
        @Nullable Instant at) {
    public Trial {
        fields = List.copyOf(fields);
    }

    /** The same on another listener. */
    public Trial on(String other) {
        return new Trial(other, caller, method, target, fields, body, at);
    }
}
