// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SpoolPosition;
import java.io.IOException;
import java.util.List;

/**
 * Fills a catalog anew from all segments. The spool files come after, by the indexer: the position that it goes on
 * from is the beginning again. When it is killed the catalog is incomplete, and has to be rebuilt once more.
 */
final class CatalogRebuild {
    private static final String SUFFIX = ".warc.zst";
    private static final int PAGE = 1000;
    private static final int BATCH = 500;

    private final SessionCatalog catalog;
    private final PayloadStore payloads;

    CatalogRebuild(SessionCatalog catalog, PayloadStore payloads) {
        this.catalog = catalog;
        this.payloads = payloads;
    }

    /** The answer is how many rows came from segments. */
    long run() throws IOException {
        catalog.clear();
        var reader = new SegmentReader(payloads);
        long rows = 0;
        List<String> page = payloads.list("", "", PAGE);
        while (!page.isEmpty()) {
            for (String key : page) {
                if (key.endsWith(SUFFIX)) {
                    List<CatalogEntry> found = reader.read(key);
                    index(found);
                    rows += found.size();
                }
            }
            page = payloads.list("", page.getLast(), PAGE);
        }
        return rows;
    }

    private void index(List<CatalogEntry> rows) {
        for (int from = 0; from < rows.size(); from += BATCH) {
            catalog.index(rows.subList(from, Math.min(from + BATCH, rows.size())), SpoolPosition.START);
        }
    }
}
