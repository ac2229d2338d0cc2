// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the catalog knows of a session: enough to list and to search it. Fields mean what they mean in {@link Session},
 * but a catalog keeps only the first {@link #MAX_TEXT} characters of any text and the first {@link #MAX_GROUPS} groups;
 * the whole ones are in the session's frames.
 *
 * @param requestBytes true length of the request's content
 * @param responseBytes true length of the response's content
 * @param truncated whether the record keeps less than went through, in either direction
 * @since 0.1
 */
public record SessionSummary(
        SessionId id,
        ServiceName service,
        NodeName node,
        String listener,
        Instant startedAt,
        long durationMicros,
        SessionState state,
        Ending ending,
        @Nullable String code,
        Durability durability,
        RetentionClass retention,
        Caller caller,
        String method,
        String target,
        String host,
        int status,
        long requestBytes,
        long responseBytes,
        boolean truncated,
        @Nullable String traceId) {
    /** Most characters that a catalog keeps of one text, such as the target. */
    public static final int MAX_TEXT = 2048;

    /** Most groups of the caller that a catalog keeps. */
    public static final int MAX_GROUPS = 128;

    /** The target up to its query: what {@link SessionQuery#path()} matches. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /**
     * Whether this record of a session may take the place of {@code earlier}: it knows at least as much. A record that
     * knows how the call ended knows more than one that does not, and one of a whole or refused call more than one that
     * broke off.
     */
    public boolean replaces(SessionSummary earlier) {
        return knowledge() >= earlier.knowledge();
    }

    /** How much this record knows of its call, from 0 to 2: what {@link #replaces} compares. */
    public int knowledge() {
        if (state != SessionState.INCOMPLETE) {
            return 2;
        }
        return ending == Ending.UNKNOWN ? 0 : 1;
    }
}
