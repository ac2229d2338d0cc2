// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import dev.hansard.ports.value.NodeName;
import java.util.List;
import java.util.TreeMap;

/** Removals that are forgotten with their object. */
public final class InMemoryForeignRemovals implements ForeignRemovals {
    private final TreeMap<Long, Left> left = new TreeMap<>();
    private long last;

    private record Left(NodeName node, ForeignRemoval removal) {}

    @Override
    public synchronized void add(NodeName node, ForeignRemoval removal) {
        left.put(++last, new Left(node, removal));
    }

    @Override
    public synchronized List<Waiting> of(NodeName node, int limit) {
        return left.entrySet().stream()
                .filter(it -> it.getValue().node().equals(node))
                .limit(limit)
                .map(it -> new Waiting(it.getKey(), it.getValue().removal()))
                .toList();
    }

    @Override
    public synchronized void entered(long number) {
        left.remove(number);
    }
}
