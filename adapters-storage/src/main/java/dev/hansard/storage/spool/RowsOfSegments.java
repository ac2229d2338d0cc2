// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is left of segments whose records go: their rows, in an object that is a footer and nothing else, beside where
 * the segment lay. A catalog can be rebuilt from it. The random bytes that end each summary in a frame are left out:
 * without them nobody finds out by guessing what the hash in the ledger was of. The key follows from the bytes, so
 * whoever does it again stores the same object.
 */
final class RowsOfSegments {
    private final PayloadStore payloads;
    private final Consumer<List<CatalogEntry>> catalog;

    /**
     * @param catalog is told where rows lie now
     */
    RowsOfSegments(PayloadStore payloads, Consumer<List<CatalogEntry>> catalog) {
        this.payloads = payloads;
        this.catalog = catalog;
    }

    /** Stores the rows, verifies that, and points the catalog to them. */
    Segment store(Segment segment, List<CatalogEntry> rows) throws IOException {
        var footer = new SegmentFooter();
        rows.forEach(footer::add);
        byte[] bytes = footer.finish(0);
        String sha256 = SegmentStore.digest(new ByteArrayInputStream(bytes));
        String folder = segment.key().substring(0, segment.key().lastIndexOf('/'));
        String key = SegmentStore.key(folder, sha256).replace(Segment.RECORDS, Segment.ROWS);
        payloads.put(key, new ByteArrayInputStream(bytes), bytes.length, sha256);
        if (payloads.length(key).orElse(-1) != bytes.length) {
            throw new StorageException("rows " + key + " must have " + bytes.length
                    + " bytes in the payload store, but have " + payloads.length(key));
        }
        catalog.accept(rows.stream()
                .map(row -> new CatalogEntry(row.sequence(), row.summary(), new FrameLocation(key, 0, 0)))
                .toList());
        return new Segment(key, segment.service(), segment.retention(), segment.hour());
    }
}
