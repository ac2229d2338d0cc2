// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.OverloadAction;
import dev.hansard.ports.exchange.RecordPolicy;
import org.junit.jupiter.api.Test;

class NodeMemoryTest {
    private static final int MIB = 1 << 20;

    @Test
    void inspectsAllThatIsRecordedByDefaultInASmallHeap() {
        int inspected = NodeMemory.ofHeap(256L * MIB).inspectedBytes(RecordPolicy.DEFAULT);

        assertThat(inspected).isEqualTo((int) RecordPolicy.DEFAULT.bodyBytes());
    }

    @Test
    void inspectsAsMuchAsIsRecordedAndNeverMoreThanThereIsMemoryFor() {
        NodeMemory memory = NodeMemory.ofHeap(2_400L * MIB);

        assertThat(memory.inspectedBytes(recording(50 * MIB))).isEqualTo(50 * MIB);
        assertThat(memory.inspectedBytes(recording(500 * MIB))).isEqualTo(100 * MIB);
    }

    @Test
    void inspectsWhatIsLongOnlyWithoutItsCodings() {
        int inspected = NodeMemory.ofHeap(1_024L * MIB).inspectedBytes(recording(1_024));

        assertThat(inspected).isEqualTo(8 * MIB);
    }

    private static RecordPolicy recording(long bodyBytes) {
        return new RecordPolicy(bodyBytes, Durability.STRICT, OverloadAction.REJECT);
    }
}
