// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.lease;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

class InMemoryLeasesTest implements LeasesContract {
    private final AtomicLong nanos = new AtomicLong();
    private final Map<Path, InMemoryLeases> folders = new HashMap<>();
    private int changes;

    @Override
    public Opened open(Path folder) {
        InMemoryLeases leases = folders.computeIfAbsent(folder, _ -> new InMemoryLeases(nanos::get));
        return new Opened() {
            @Override
            public Leases leases() {
                return leases;
            }

            @Override
            public void pass(Duration time) {
                nanos.addAndGet(time.toNanos());
            }

            @Override
            public void change() {
                leases.require();
                changes++;
            }

            @Override
            public int changes() {
                return changes;
            }

            @Override
            public void close() {}
        };
    }
}
