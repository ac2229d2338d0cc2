// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import dev.hansard.ports.value.ApprovalId;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A vault in memory, without encryption. */
public final class InMemoryApprovalVault implements ApprovalVault {
    private record Name(ApprovalId id, Part part) {}

    private final Map<Name, ByteBuffer> entries = new HashMap<>();
    private final int most;

    /**
     * An empty one.
     *
     * @param most parts that it has room for
     */
    public InMemoryApprovalVault(int most) {
        this.most = most;
    }

    @Override
    public synchronized boolean put(ApprovalId id, Part part, String owner, ByteBuffer content) {
        if (entries.size() >= most) {
            return false;
        }
        entries.put(
                new Name(id, part),
                ByteBuffer.allocate(content.remaining())
                        .put(content.duplicate())
                        .flip());
        return true;
    }

    @Override
    public synchronized @Nullable ByteBuffer open(ApprovalId id, Part part) {
        ByteBuffer content = entries.get(new Name(id, part));
        return content == null ? null : content.duplicate();
    }

    @Override
    public synchronized boolean has(ApprovalId id, Part part) {
        return entries.containsKey(new Name(id, part));
    }

    @Override
    public synchronized void destroy(ApprovalId id, Part part) {
        entries.remove(new Name(id, part));
    }

    @Override
    public synchronized List<ApprovalId> list() {
        return entries.keySet().stream().map(Name::id).distinct().toList();
    }

    @Override
    public synchronized long usedBytes() {
        return entries.values().stream().mapToLong(ByteBuffer::remaining).sum();
    }
}
