// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.policy.PolicyRequest;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A request with all that policies look at. */
public record GivenRequest(
        ServiceName service,
        Map<String, String> labels,
        String listener,
        Caller caller,
        String method,
        String host,
        String path,
        String query,
        Fields fields,
        Instant at)
        implements PolicyRequest {
    @Override
    public Map<String, List<String>> parameters() {
        return QueryText.parameters(query);
    }
}
