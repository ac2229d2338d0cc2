// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.ports.exchange.RecordPolicy;

/**
 * How the heap is shared out among contents.
 *
 * @param tapeBytes most that the contents of calls in flight, and of records that wait, take
 * @param maskBytes most that contents take while they are masked
 */
record NodeMemory(long tapeBytes, long maskBytes) {
    private static final int SHARE = 4;

    /** Contents with codings may be longer than what the record keeps of others. */
    private static final long LEAST_INSPECTED = 8L << 20;

    /** Of two messages, each content is there decoded, in UTF-8 and masked. */
    private static final int COPIES = 6;

    private static final long MOST_INSPECTED = 1L << 30;

    /** For when there is but one content. */
    static final NodeMemory UNLIMITED = new NodeMemory(Long.MAX_VALUE, Long.MAX_VALUE);

    static NodeMemory ofHeap() {
        return ofHeap(Runtime.getRuntime().maxMemory());
    }

    static NodeMemory ofHeap(long bytes) {
        return new NodeMemory(bytes / SHARE, bytes / SHARE);
    }

    /** Longest content that is masked, without its codings: all that is recorded, as far as the memory allows. */
    int inspectedBytes(RecordPolicy policy) {
        long wanted = Math.max(LEAST_INSPECTED, policy.bodyBytes());
        return (int) Math.min(MOST_INSPECTED, Math.min(wanted, maskBytes / COPIES));
    }
}
