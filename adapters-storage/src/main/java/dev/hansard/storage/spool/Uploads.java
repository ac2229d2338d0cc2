// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.StorageException;
import dev.hansard.storage.spool.SpoolFiles.Known;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Stores several spool files at once, since most of the time of one goes by in waiting for the payload store. Belongs
 * to the sealer.
 */
final class Uploads {
    private final SpoolFiles files;
    private final SegmentStore segments;
    private final Quarantine quarantine;
    private final int most;

    /**
     * Uploads of one node.
     *
     * @param most how many files at once; with one, it is done by the thread that asks, as a simulation needs it
     */
    Uploads(SpoolFiles files, SegmentStore segments, Quarantine quarantine, int most) {
        this.files = files;
        this.segments = segments;
        this.quarantine = quarantine;
        this.most = most;
    }

    /** What came of a file. */
    sealed interface Outcome {
        Known file();

        /** All of it is stored. */
        record Stored(Known file, int segments) implements Outcome {}

        /** It has to stay. */
        record Kept(Known file, Exception reason) implements Outcome {
            /** Whether any other file would have fared the same. */
            boolean isOutage() {
                return reason instanceof StorageException failure && failure.isOutage();
            }
        }
    }

    int most() {
        return most;
    }

    /** Stores these files; returns when each has its outcome. */
    List<Outcome> store(List<Known> batch) {
        if (batch.size() <= 1 || most == 1) {
            return batch.stream().map(this::store).toList();
        }
        // Platform threads: digests take the processor for long, which virtual threads would keep from calls.
        var factory = Thread.ofPlatform().name("spool-upload-", 0).daemon(true).factory();
        try (ExecutorService threads = Executors.newFixedThreadPool(batch.size(), factory)) {
            List<Future<Outcome>> futures = new ArrayList<>();
            batch.forEach(file -> futures.add(threads.submit(() -> store(file))));
            var outcomes = new ArrayList<Outcome>();
            for (int i = 0; i < batch.size(); i++) {
                outcomes.add(await(batch.get(i), futures.get(i)));
            }
            return outcomes;
        }
    }

    private static Outcome await(Known file, Future<Outcome> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Kept(file, StorageException.outage("sealing was interrupted", e));
        } catch (ExecutionException e) {
            throw new IllegalStateException("a spool file has no outcome", e);
        }
    }

    private Outcome store(Known known) {
        if (known.isEmpty()) {
            return new Outcome.Stored(known, 0);
        }
        try (Disk.File file = files.open(known.number())) {
            SegmentStore.Sealed sealed = segments.seal(known, file);
            quarantine.keep(known.number(), file, sealed.gaps());
            return new Outcome.Stored(known, sealed.segments());
        } catch (IOException | RuntimeException e) {
            return new Outcome.Kept(known, e);
        }
    }
}
