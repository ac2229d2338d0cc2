// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansard.ports.retention.HoldEvent;
import dev.hansard.ports.retention.Holds;
import dev.hansard.ports.retention.RetentionRecords;
import dev.hansard.ports.retention.RetentionRecordsContract;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresRetentionRecordsTest implements RetentionRecordsContract {
    @Override
    public Opened open(Path folder) {
        var store = PostgresControlStore.open(TestDatabase.settings(folder), System::nanoTime, folder.resolve("seen"));
        return new Opened() {
            @Override
            public RetentionRecords records() {
                return store.retention();
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }

    @Test
    void showsAHoldToAllNodesAndLetsOneOfThemRemoveIt(@TempDir Path folder) {
        try (Opened here = open(folder);
                Opened there = open(folder)) {
            here.records()
                    .holds()
                    .place(RetentionRecordsContract.hold("hold_1", 2), RetentionRecordsContract.sessions(2));

            Holds seen = there.records().holds();
            assertThat(seen.held(PAYMENTS, HOUR)).hasSize(2);
            assertThat(seen.add("hold_1", 1, RetentionRecordsContract.event(HoldEvent.Kind.REMOVED, "eve")))
                    .isTrue();

            assertThat(here.records()
                            .holds()
                            .add("hold_1", 1, RetentionRecordsContract.event(HoldEvent.Kind.REMOVED, "bob")))
                    .isFalse();
            assertThat(here.records().holds().held(PAYMENTS, HOUR)).isEmpty();
        }
    }

    @Test
    void tellsTheTimeOfTheServer(@TempDir Path folder) {
        try (var store =
                PostgresControlStore.open(TestDatabase.settings(folder), System::nanoTime, folder.resolve("seen"))) {
            Instant there = store.clock().orElseThrow().now();

            assertThat(there).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        }
    }

    @Test
    void hasNodesTakeTurns(@TempDir Path folder) throws Exception {
        var steps = new ConcurrentLinkedQueue<String>();
        var begun = new CountDownLatch(1);
        try (Opened here = open(folder);
                Opened there = open(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = threads.submit(() -> here.records().holds().inTurn(() -> {
                begun.countDown();
                here.records()
                        .holds()
                        .place(RetentionRecordsContract.hold("hold_1", 1), RetentionRecordsContract.sessions(1));
                return steps.add("first");
            }));
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

            there.records()
                    .holds()
                    .inTurn(() -> steps.add(
                            "second " + there.records().holds().hours().size()));
            first.get(20, TimeUnit.SECONDS);

            assertThat(steps).containsExactly("first", "second 1");
        }
    }
}
