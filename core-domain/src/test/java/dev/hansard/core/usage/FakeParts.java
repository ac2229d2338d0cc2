// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.usage;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.usage.DiskGrade;
import dev.hansard.ports.usage.StoredParts;
import dev.hansard.ports.value.NodeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says what it is told to. */
public final class FakeParts implements StoredParts {
    public final List<Waiting> waiting = new ArrayList<>();
    public final List<String> files = new ArrayList<>();
    public final Map<String, List<String>> faults = new HashMap<>();
    public final Set<String> lost = new HashSet<>();
    public Room room = new Room(DiskGrade.OK, 1_000_000, true);

    @Override
    public List<Waiting> waiting() {
        return List.copyOf(waiting);
    }

    @Override
    public Room room() {
        return room;
    }

    @Override
    public List<String> spoolFiles() {
        return List.copyOf(files);
    }

    @Override
    public List<String> faultsOfSpoolFile(String name) {
        return faults.getOrDefault(name, List.of());
    }

    @Override
    public List<String> faultsOf(Segment segment) {
        return faults.getOrDefault(segment.key(), List.of());
    }

    @Override
    public boolean isThere(NodeName owner, String container) {
        return !lost.contains(container);
    }
}
