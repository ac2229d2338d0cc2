// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.value.InvalidValueException;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PublishedLedgerTest {
    @Property(tries = 200)
    void findsTheNewestCheckpointHoweverCloseTheOthersAre(@ForAll long seed) {
        var published = new PublishedLedger(new InMemoryPayloadStore(), LedgerScene.NODE);
        var random = new Random(seed);
        var sizes = new TreeSet<Long>();
        long size = 1L + random.nextInt(1000);
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            sizes.add(size);
            published.putCheckpoint(size, "note " + size);
            size += 1 + (random.nextBoolean() ? 0 : random.nextInt(1_000_000));
        }

        assertThat(published.newest()).hasValue(sizes.last());
    }

    @Test
    void tellsWhoseLedgerAKeyIsOf() {
        assertThat(PublishedLedger.nodeOf(PublishedLedger.originOf(LedgerScene.NODE)))
                .isEqualTo(LedgerScene.NODE);
        assertThatThrownBy(() -> PublishedLedger.nodeOf("example.org/log")).isInstanceOf(InvalidValueException.class);
    }
}
