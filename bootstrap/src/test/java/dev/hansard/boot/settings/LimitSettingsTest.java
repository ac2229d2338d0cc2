// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.settings.Loading.Outside;
import dev.hansard.boot.settings.limit.LimitSettings;
import dev.hansard.core.circuit.CircuitRule;
import dev.hansard.core.limit.Rate;
import dev.hansard.core.limit.RateLimit;
import dev.hansard.core.limit.ServiceLimits;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitSettingsTest {
    private static final ServiceName A = new ServiceName("a");

    private static LimitSettings read(String limits) {
        return Configurations.settings(service(limits)).limits();
    }

    private static String service(String what) {
        return "version: 1\nservices:\n  a:\n    upstream: http://a\n    " + what + "\n";
    }

    private static String problems(String what) {
        return Configurations.problems(service(what));
    }

    @Test
    void readsOneLimit() {
        LimitSettings settings = read("limits: { rate: 100/s }");

        var rate = new RateLimit(new Rate(100, Rate.Period.SECOND), 100, RateLimit.Per.CALLER);
        assertThat(settings.limits())
                .isEqualTo(Map.of(A, new ServiceLimits(List.of(rate), 0, 0, ServiceLimits.USUAL_CALLERS)));
        assertThat(settings.circuits()).isEmpty();
    }

    @Test
    void readsSeveralLimits() {
        LimitSettings settings = read("limits: [{ rate: 600/m, burst: 20, per-caller-in-flight: 5, callers: 50 },"
                + " { rate: 1000/h, per: service }, { in-flight: 500 }]");

        var first = new RateLimit(new Rate(600, Rate.Period.MINUTE), 20, RateLimit.Per.CALLER);
        var second = new RateLimit(new Rate(1_000, Rate.Period.HOUR), 1_000, RateLimit.Per.SERVICE);
        assertThat(settings.limits()).isEqualTo(Map.of(A, new ServiceLimits(List.of(first, second), 500, 5, 50)));
    }

    @Test
    void readsACircuit() {
        assertThat(read("circuit: {}").circuits()).isEqualTo(Map.of(A, CircuitRule.USUAL));
        assertThat(read("circuit: { failures: 20%, of: 5, window: 1m, open: 500ms, trials: 1 }")
                        .circuits())
                .isEqualTo(Map.of(A, new CircuitRule(20, 5, Duration.ofMinutes(1), Duration.ofMillis(500), 1)));
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        assertThat(problems("limits: { rate: 100 }"))
                .contains(":5:21:", "services.a.limits.rate must be a rate such as 100/s", "add a unit: /s, /m or /h");
        assertThat(problems("limits: { rate: 2000000/s }")).contains("must be a rate of 1 to 1000000 calls");
        assertThat(problems("limits: { rats: 1/s }")).contains("unknown key 'rats'", "did you mean 'rate'?");
        assertThat(problems("limits: { in-flight: 5, burst: 3 }"))
                .contains("services.a.limits.burst is set, but there is no rate");
        assertThat(problems("limits: [{ in-flight: 5 }, { in-flight: 6 }]"))
                .contains("services.a.limits[1].in-flight is set twice, first at hansard.yaml:5:16");
        assertThat(problems("limits: [{ rate: 1/s }, {}]"))
                .contains("services.a.limits[1] limits nothing", "write rate: 100/s or in-flight: 100");
        assertThat(problems("limits: { in-flight: 5, per-caller-in-flight: 6 }"))
                .contains("per-caller-in-flight is more than in-flight");
        assertThat(problems("limits: { rate: 5/s, per: service, callers: 6 }"))
                .contains("callers is set, but nothing is counted by caller");
        assertThat(problems("limits: { rate: 5/s, per: servce }")).contains("did you mean 'service'?");
        assertThat(problems("limits: 100/s")).contains("services.a.limits must be a mapping");
        assertThat(problems("circuit: { failures: half }")).contains("must be a percentage from 1% to 100%");
        assertThat(problems("circuit: { open: 2h }")).contains("must be a duration from 10ms to 1h");
    }

    @Test
    void showsEachDefault() {
        Settings settings = Configurations.settings(service("limits: { rate: 100/s }\n    circuit: {}"));

        assertThat(EffectiveYaml.of(settings, Outside.NOTHING)).contains("""
                            limits:
                              rate: "100/s"
                              burst: 100
                              per: caller
                              callers: 10000
                            circuit:
                              failures: "50%"
                              of: 20
                              window: 10s
                              open: 5s
                              trials: 3
                        """);
    }
}
