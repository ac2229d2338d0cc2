// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-" + ID + "-" + PARENT + "-01",
                "00-" + ID + "-" + PARENT + "-00",
                "00-" + ID + "-" + PARENT + "-ff",
                "01-" + ID + "-" + PARENT + "-01",
                "cc-" + ID + "-" + PARENT + "-01-what-comes-later"
            })
    void keepsAValidTrace(String value) {
        assertThat(TraceContext.parse(value)).isEqualTo(new TraceContext(ID, value, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-" + ID + "-" + PARENT + "-01",
                "0-" + ID + "-" + PARENT + "-01",
                "00-" + ID + "-" + PARENT + "-1",
                "00-" + ID + "-" + PARENT + "-01-",
                "00-" + ID + "-" + PARENT + "-010",
                "01-" + ID + "-" + PARENT + "-01x",
                "00-0AF7651916CD43DD8448EB211C80319C-" + PARENT + "-01",
                "00-00000000000000000000000000000000-" + PARENT + "-01",
                "00-" + ID + "-0000000000000000-01",
                "00_" + ID + "-" + PARENT + "-01",
                "00-" + ID + "_" + PARENT + "-01",
                "00-" + ID + "-" + PARENT + "_01",
                "0g-" + ID + "-" + PARENT + "-01",
                "00-" + ID + "-" + PARENT + "-0g",
                "00-" + ID + "-g7ad6b7169203331-01"
            })
    void refusesAnInvalidTrace(String value) {
        assertThat(TraceContext.parse(value)).isNull();
    }

    @Property
    void makesValidTraces(@ForAll long seed) {
        TraceContext made = TraceContext.make(new Random(seed));

        assertThat(TraceContext.parse(made.traceparent()))
                .isEqualTo(new TraceContext(made.traceId(), made.traceparent(), true));
    }
}
