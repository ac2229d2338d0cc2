// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.PayloadStoreContract;
import dev.hansard.ports.value.RetentionClass;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetainedPayloadsTest implements PayloadStoreContract {
    private static final RetentionRules RULES = new RetentionRules(
            Map.of(RetentionClass.DEFAULT, Duration.ofDays(1)), Map.of(), List.of(), Duration.ofDays(30));
    private static final String HOUR = "payments/default/2026/11/23/12/";

    private final Map<Path, PayloadStore> stores = new HashMap<>();
    private final LockedPayloads locked = new LockedPayloads();
    private Instant now = RetentionScene.NOON;

    @Override
    public PayloadStore open(Path folder) {
        return new RetainedPayloads(stores.computeIfAbsent(folder, _ -> new InMemoryPayloadStore()), RULES, () -> now);
    }

    private void put(String key) {
        PayloadStoreContract.put(new RetainedPayloads(locked, RULES, () -> now), key, new byte[3]);
    }

    @Test
    void locksEachSegmentUntilItsClassLetsItGo() {
        put(HOUR + "a.warc.zst");
        put(HOUR + "a.rows.zst");
        put("_ledger/node-1/checkpoint/1");
        put("payments/unknown/2026/11/23/12/a.warc.zst");

        assertThat(locked.until)
                .containsOnly(
                        Map.entry(HOUR + "a.warc.zst", Instant.parse("2026-11-24T13:00:00Z")),
                        Map.entry(HOUR + "a.rows.zst", Instant.parse("2026-12-23T13:00:00Z")));
    }

    @Test
    void asksForNoLockThatIsAboutToEnd() {
        now = Instant.parse("2026-11-24T12:50:00Z");

        put(HOUR + "a.warc.zst");

        assertThat(locked.until).isEmpty();
        assertThat(locked.length(HOUR + "a.warc.zst")).hasValue(3);
    }
}
