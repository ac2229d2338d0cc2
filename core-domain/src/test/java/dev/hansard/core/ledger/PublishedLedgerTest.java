// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.value.NodeName;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PublishedLedgerTest {
    private final PublishedLedger published = new PublishedLedger(new InMemoryPayloadStore(), new NodeName("node-1"));

    @Test
    void hasNoNewestCheckpointBeforeTheFirst() {
        assertThat(published.newest()).isEmpty();
    }

    @Test
    void findsTheNewestCheckpointWhereEachIsOneLeafLonger() {
        for (long size = 1; size <= 300; size++) {
            published.putCheckpoint(size, "note of " + size);

            assertThat(published.newest()).hasValue(size);
        }
    }

    @Test
    void findsTheNewestCheckpointWhateverLiesBetween() {
        var random = new Random(7);
        long size = 0;
        for (int i = 0; i < 300; i++) {
            size += random.nextBoolean() ? 1 : 1 + random.nextInt(100_000);
            published.putCheckpoint(size, "note of " + size);

            assertThat(published.newest()).hasValue(size);
        }
    }
}
