// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.digest;

import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.value.ServiceName;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an approval is bound to besides the bytes that are sent (THREATS 18).
 *
 * @param listener the one that it came in on: with the service, its route
 * @param secure whether it came in over TLS, which is its scheme
 * @param authority the host and port that the caller asked for
 * @param upstreams where it may go, each with scheme, host and port, in the order written
 * @param added what is put into it for the target
 * @param policies the version of the policies
 */
public record BoundFacts(
        String listener,
        boolean secure,
        String authority,
        ServiceName service,
        List<String> upstreams,
        Added added,
        String policies,
        Caller caller) {
    public BoundFacts {
        upstreams = List.copyOf(upstreams);
    }

    /** The upstreams of a service as they are bound; behind an agent, the agent last. */
    public static List<String> upstreams(Service service) {
        Stream<String> addresses = service.upstreams().stream().map(UpstreamAddress::toString);
        // No value of Host has a blank in it.
        return service.agent() == null
                ? addresses.toList()
                : Stream.concat(addresses, Stream.of("via agent " + service.agent()))
                        .toList();
    }

    /** Whether a value of Host is that of one of the upstreams. */
    public boolean isUpstream(String host) {
        return upstreams.stream()
                .anyMatch(url -> url.substring(url.indexOf("//") + 2).equals(host));
    }
}
