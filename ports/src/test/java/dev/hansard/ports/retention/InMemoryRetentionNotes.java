// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Notes that are gone with its object. */
public final class InMemoryRetentionNotes implements RetentionNotes {
    private final TreeMap<Long, Removal> open = new TreeMap<>();
    private @Nullable Instant mark;
    private long last;

    @Override
    public synchronized long begin(Removal removal) {
        open.put(++last, removal);
        return last;
    }

    @Override
    public synchronized void end(long number) {
        open.remove(number);
    }

    @Override
    public synchronized List<Open> open() {
        return open.entrySet().stream()
                .map(it -> new Open(it.getKey(), it.getValue()))
                .toList();
    }

    @Override
    public synchronized @Nullable Instant mark() {
        return mark;
    }

    @Override
    public synchronized void mark(Instant time) {
        mark = time;
    }
}
