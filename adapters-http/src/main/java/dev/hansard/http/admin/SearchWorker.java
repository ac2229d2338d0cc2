// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.search.ContentSearch;
import dev.hansard.ports.search.SearchStep;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Takes the steps of one search on a platform thread of its own. A step takes the processor for milliseconds; on a
 * virtual thread it would keep it from the calls that pass through this node.
 */
final class SearchWorker implements AutoCloseable {
    private final ContentSearch.Running running;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("admin-search").daemon(true).factory());

    SearchWorker(ContentSearch.Running running) {
        this.running = running;
    }

    /** The next step; what the search throws is thrown here. */
    SearchStep next() throws IOException {
        try {
            return thread.submit(running::next).get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the search was interrupted");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException("a search fails in an unknown way", e);
            }
        }
    }

    /** Waits for the step that is being taken, if there is one. */
    @Override
    public void close() {
        thread.close();
    }
}
