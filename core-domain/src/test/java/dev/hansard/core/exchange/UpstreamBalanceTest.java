// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.exchange.Service;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class UpstreamBalanceTest {
    private final Service one = Services.withUpstreams("one", 3);
    private final Service other = Services.withUpstreams("other", 2);
    private final UpstreamBalance balance = new UpstreamBalance(List.of(one, other));

    private String next(Service service) {
        return UpstreamBalance.upstream(service, balance.takeTurn(service), 0).host();
    }

    @Test
    void takesTurnsPerService() {
        List<String> asked = List.of(next(one), next(other), next(one), next(one), next(other), next(one), next(other));

        assertThat(asked)
                .containsExactly("up0.test", "up0.test", "up1.test", "up2.test", "up1.test", "up0.test", "up0.test");
    }

    @Test
    void sharesEvenlyAmongThreads() {
        Map<String, Long> counts = IntStream.range(0, 3_000)
                .parallel()
                .mapToObj(_ -> next(one))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(counts)
                .containsOnly(
                        Map.entry("up0.test", 1_000L), Map.entry("up1.test", 1_000L), Map.entry("up2.test", 1_000L));
    }

    @Property
    void triesEachUpstreamOnceBeforeItTriesOneAgain(@ForAll int turn, @ForAll @IntRange(min = 1, max = 9) int size) {
        Service service = Services.withUpstreams("many", size);
        var tried = new HashSet<String>();

        for (int failed = 0; failed < size; failed++) {
            tried.add(UpstreamBalance.upstream(service, turn, failed).host());
        }

        assertThat(tried).hasSize(size);
        assertThat(UpstreamBalance.upstream(service, turn, size)).isEqualTo(UpstreamBalance.upstream(service, turn, 0));
    }

    @Test
    void knowsOnlyItsServices() {
        Service unknown = Services.withUpstreams("unknown", 1);

        assertThatThrownBy(() -> balance.takeTurn(unknown)).isInstanceOf(IllegalStateException.class);
    }
}
