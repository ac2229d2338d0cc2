// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import dev.hansard.storage.tables.RetentionTables;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Among the threads of this process alone, to which the file belongs. */
final class LocalTurn implements RetentionTables.Turn {
    private final ReentrantLock turn = new ReentrantLock();

    @Override
    public <T extends @Nullable Object> T take(Supplier<T> step) {
        turn.lock();
        try {
            return step.get();
        } finally {
            turn.unlock();
        }
    }
}
