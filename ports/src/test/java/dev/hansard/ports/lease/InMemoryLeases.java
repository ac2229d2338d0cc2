// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.lease;

import dev.hansard.ports.value.NodeName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Leases in the memory of a test. */
public final class InMemoryLeases implements Leases {
    private final LongSupplier nanos;
    private final Map<String, Given> given = new HashMap<>();
    private final ScopedValue<Lease> under = ScopedValue.newInstance();

    private record Given(Lease lease, long until) {}

    public InMemoryLeases(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public synchronized @Nullable Lease acquire(String name, NodeName node, Duration time) {
        Given before = given.get(Lease.requireName(name));
        if (before != null && nanos.getAsLong() < before.until()) {
            return null;
        }
        var lease = new Lease(name, node, before == null ? 1 : before.lease().fence() + 1);
        given.put(name, new Given(lease, nanos.getAsLong() + time.toNanos()));
        return lease;
    }

    private boolean isHeld(Lease lease) {
        Given last = given.get(lease.name());
        return last != null && last.lease().equals(lease) && nanos.getAsLong() < last.until();
    }

    @Override
    public synchronized boolean renew(Lease lease, Duration time) {
        if (!isHeld(lease)) {
            return false;
        }
        given.put(lease.name(), new Given(lease, nanos.getAsLong() + time.toNanos()));
        return true;
    }

    @Override
    public synchronized void release(Lease lease) {
        if (isHeld(lease)) {
            given.put(lease.name(), new Given(lease, nanos.getAsLong()));
        }
    }

    @Override
    public void under(Lease lease, Runnable work) {
        ScopedValue.where(under, lease).run(work);
    }

    /** What a store in memory has to ask before each change. */
    public synchronized void require() {
        if (under.isBound() && !isHeld(under.get())) {
            throw new LeaseLostException(under.get());
        }
    }
}
