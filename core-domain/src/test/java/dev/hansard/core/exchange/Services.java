// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Services with everything at its default. */
final class Services {
    private Services() {}

    static Service reachedBy(String name, Match... matches) {
        return service(name, 1, List.of(matches));
    }

    static Service withUpstreams(String name, int upstreams) {
        return service(name, upstreams, List.of(Match.ANY));
    }

    private static Service service(String name, int upstreams, List<Match> matches) {
        return new Service(
                new ServiceName(name),
                IntStream.range(0, upstreams)
                        .mapToObj(i -> new UpstreamAddress(false, "up" + i + ".test", 80))
                        .toList(),
                UpstreamTls.DEFAULT,
                UpstreamTimeouts.DEFAULT,
                matches,
                RecordPolicy.DEFAULT,
                RetentionClass.DEFAULT,
                Map.of());
    }
}
