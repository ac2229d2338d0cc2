// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import dev.hansard.ports.value.AgentName;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A named target behind Hansard.
 *
 * @param upstreams at least one; tried in turn
 * @param matches the ways to reach it; at least one
 * @param labels free words for people and queries
 * @param agent the agent that it is reached through, which knows its true address; null when Hansard reaches it itself
 * @since 0.1
 */
public record Service(
        ServiceName name,
        List<UpstreamAddress> upstreams,
        UpstreamTls tls,
        UpstreamTimeouts timeouts,
        List<Match> matches,
        RecordPolicy recording,
        RetentionClass retention,
        Map<String, String> labels,
        @Nullable AgentName agent) {
    public Service {
        upstreams = List.copyOf(upstreams);
        matches = List.copyOf(matches);
        labels = Map.copyOf(labels);
        if (upstreams.isEmpty() || matches.isEmpty()) {
            throw new InvalidValueException("service '" + name + "' must have at least one upstream and one match");
        }
    }

    /** One that Hansard reaches itself. */
    public Service(
            ServiceName name,
            List<UpstreamAddress> upstreams,
            UpstreamTls tls,
            UpstreamTimeouts timeouts,
            List<Match> matches,
            RecordPolicy recording,
            RetentionClass retention,
            Map<String, String> labels) {
        this(name, upstreams, tls, timeouts, matches, recording, retention, labels, null);
    }
}
