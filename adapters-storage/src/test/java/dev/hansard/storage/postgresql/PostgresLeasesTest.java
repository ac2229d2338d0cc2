// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.lease.Lease;
import dev.hansard.ports.lease.Leases;
import dev.hansard.ports.lease.LeasesContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresLeasesTest implements LeasesContract {
    @Override
    public Opened open(Path folder) {
        PostgresSettings settings = TestDatabase.settings(folder);
        PostgresControlStore.open(settings, System::nanoTime, folder.resolve("seen"))
                .close();
        var database = PostgresDatabase.of(settings, settings.schema() + "_control");
        return new OpenLeases(database, new PostgresLeases(database));
    }

    private record OpenLeases(PostgresDatabase database, PostgresLeases leases) implements Opened {
        @Override
        public void pass(Duration time) {
            database.change(handle ->
                    handle.execute("UPDATE lease SET ends_at = ends_at - ? * interval '1 second'", time.toSeconds()));
        }

        @Override
        public void change() {
            database.change(handle -> handle.execute("UPDATE api_key_change SET number = number + 1"));
        }

        @Override
        public int changes() {
            return database.change(handle -> handle.createQuery("SELECT number FROM api_key_change")
                    .mapTo(Integer.class)
                    .one());
        }

        @Override
        public void close() {
            database.close();
        }
    }

    /** What a stopped process had begun is not overtaken: the next holder waits for the end of its transaction. */
    @Test
    void givesALeaseOnlyWhenNoChangeUnderItIsUnderWay(@TempDir Path folder) throws Exception {
        try (var here = (OpenLeases) open(folder);
                Opened there = open(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Lease lease = Objects.requireNonNull(here.leases().acquire(WORK, ONE, Duration.ofSeconds(1)));
            var begun = new CountDownLatch(1);
            var end = new CountDownLatch(1);
            Future<?> change = threads.submit(() -> here.leases()
                    .under(
                            lease,
                            () -> here.database().change(handle -> {
                                begun.countDown();
                                return await(end) && handle.execute("UPDATE api_key_change SET number = 7") == 1;
                            })));
            assertThat(await(begun)).isTrue();

            Future<Lease> next = threads.submit(() -> acquired(there.leases()));
            org.awaitility.Awaitility.await().during(Duration.ofMillis(1500)).until(() -> !next.isDone());
            end.countDown();

            change.get(20, TimeUnit.SECONDS);
            assertThat(next.get(20, TimeUnit.SECONDS).fence()).isEqualTo(lease.fence() + 1);
            assertThat(there.changes()).isEqualTo(7);
        }
    }

    private static Lease acquired(Leases leases) {
        Lease lease = null;
        while (lease == null) {
            lease = leases.acquire(WORK, TWO, TIME);
        }
        return lease;
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
