// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/** One connection to the admin listener. Its thread handles it; Helidon's timer and the stopping thread close it. */
final class AdminConnection implements ServerConnection {
    /** The connection that the current thread serves. */
    static final ScopedValue<StallAwareContext> CURRENT = ScopedValue.newInstance();

    private final StallAwareContext context;
    private final ServerConnection http;
    private final OldProbe oldProbe;
    private final Duration stallLimit;

    AdminConnection(StallAwareContext context, ServerConnection http, OldProbe oldProbe, Duration stallLimit) {
        this.context = context;
        this.http = http;
        this.oldProbe = oldProbe;
        this.stallLimit = stallLimit;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        if (oldProbe.isOld(context.dataReader())) {
            oldProbe.answer(context);
            return;
        }
        ScopedValue.where(CURRENT, context).<Void, InterruptedException>call(() -> {
            http.handle(limit);
            return null;
        });
    }

    @Override
    public Duration idleTime() {
        return context.stalledFor();
    }

    /** Lets an answer in progress end, unless it is its reader that does not let it. */
    @Override
    public void close(boolean interrupt) {
        boolean isStalled = context.stalledFor().compareTo(stallLimit) > 0;
        if (interrupt || isStalled || context.isReading()) {
            context.abort();
        }
        http.close(interrupt);
    }
}
