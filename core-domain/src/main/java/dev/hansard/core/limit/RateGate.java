// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.limit;

import org.jspecify.annotations.Nullable;

/** One rate of one service, with the bucket of all or those of its callers. */
final class RateGate {
    private final RateLimit limit;
    private final @Nullable Bucket ofAll;
    private final CallerTable<Bucket> ofCallers;

    RateGate(RateLimit limit, int callers, long now) {
        this.limit = limit;
        this.ofAll = limit.per() == RateLimit.Per.SERVICE ? new Bucket(limit, now) : null;
        this.ofCallers = new CallerTable<>(then -> new Bucket(limit, then), callers);
    }

    RateLimit limit() {
        return limit;
    }

    Bucket bucket(String provider, String name, long now) {
        return ofAll != null ? ofAll : ofCallers.find(provider, name, now);
    }

    void forget(String provider, String name, Bucket ended) {
        ofCallers.forget(provider, name, ended);
    }
}
