// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.storage.spool.SpoolFiles.Known;
import dev.hansard.storage.spool.SpoolStorage.LeftFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Waits until the workers of a spool have stored all that is in it. Unlike {@link Sealer#sealAll} it has no end but the
 * work's own: a spool of gigabytes takes as long as its uploads take.
 */
final class SpoolDrain {
    private static final long POLL_MILLIS = 100;

    private final SpoolNode node;
    private final Duration patience;
    private final LongConsumer told;

    SpoolDrain(SpoolNode node, Duration patience, LongConsumer told) {
        this.node = node;
        this.patience = patience;
        this.told = told;
    }

    List<LeftFile> run() {
        boolean isClosed = node.writer().roll(patience.toMillis());
        var pause = new Signal();
        long last = System.nanoTime();
        SpoolState before = state();
        while (isClosed && isWaiting() && System.nanoTime() - last < patience.toNanos()) {
            told.accept(before.bytes());
            node.indexer().wake();
            node.sealer().wake();
            pause.await(POLL_MILLIS);
            SpoolState now = state();
            if (!now.equals(before)) {
                last = System.nanoTime();
                before = now;
            }
        }
        told.accept(node.files().bytes());
        return left();
    }

    /** Whatever changes when something gets better. */
    private record SpoolState(long bytes, long file, long offset, long segments) {}

    private SpoolState state() {
        var indexed = node.indexer().position();
        return new SpoolState(
                node.files().bytes(),
                indexed.file(),
                indexed.offset(),
                node.sealer().segments());
    }

    private boolean isWaiting() {
        return files().stream().anyMatch(file -> !node.sealer().isAside(file.number()));
    }

    /** Those with something in them: an empty one goes when the spool is closed. */
    private List<Known> files() {
        var found = new ArrayList<Known>();
        Optional<Known> next = node.files().from(0);
        while (next.isPresent()) {
            Known file = next.get();
            if (!file.isEmpty()) {
                found.add(file);
            }
            next = node.files().from(file.number() + 1);
        }
        return found;
    }

    private List<LeftFile> left() {
        return files().stream()
                .map(file -> new LeftFile(file.name(), file.end(), reason(file)))
                .toList();
    }

    private String reason(Known file) {
        String own = node.sealer().reason(file.number());
        String all = node.stats().trouble();
        if (!own.isEmpty()) {
            return own;
        }
        return all.isEmpty() ? "it was not stored in time" : all;
    }
}
