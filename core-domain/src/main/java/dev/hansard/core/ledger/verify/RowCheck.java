// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.verify;

import dev.hansard.core.ledger.verify.Finding.Kind;
import dev.hansard.ports.ledger.StoredRecords.Container;
import dev.hansard.ports.ledger.StoredRecords.StoredRecord;
import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.value.NodeName;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares the catalog with records that are intact. It is only an index, but it is what people look at: a row that
 * says
 * something else than its record hides the record. Belongs to one thread.
 */
final class RowCheck {
    private static final int PAGE = 1000;

    private final @Nullable SessionCatalog catalog;
    private final NodeName node;
    private final Consumer<Finding> findings;
    private final SequenceSet told = new SequenceSet();

    RowCheck(@Nullable SessionCatalog catalog, NodeName node, Consumer<Finding> findings) {
        this.catalog = catalog;
        this.node = node;
        this.findings = findings;
    }

    /** A record that is as it was entered. */
    void check(StoredRecord record, Container container) {
        if (catalog == null || record.summary() == null) {
            return;
        }
        Optional<CatalogEntry> row = catalog.find(record.id());
        if (row.isEmpty()) {
            if (!container.growing()) {
                tell(Kind.ROW_MISSING, record, "the catalog does not have it; `hansard storage rebuild-catalog`");
            }
            return;
        }
        FrameLocation location = row.get().location();
        // A session that was recorded twice, as incomplete and then whole, has a row for one of the two.
        if (location.container().equals(container.name()) && location.offset() == record.offset()) {
            told.add(row.get().sequence());
            if (!row.get().summary().equals(record.summary())) {
                tell(Kind.ROW_CHANGED, record, "the catalog shows something else than the record says");
            }
        }
    }

    /** All records have come: what no row stands for. */
    void finish() {
        if (catalog == null) {
            return;
        }
        long after = 0;
        List<CatalogEntry> page = catalog.since(after, SessionQuery.ALL, PAGE);
        while (!page.isEmpty()) {
            for (CatalogEntry row : page) {
                // A row that outlives its record stands for none.
                if (row.summary().node().equals(node)
                        && !told.has(row.sequence())
                        && !Segment.isRows(row.location().container())) {
                    findings.accept(new Finding(
                            Kind.ROW_UNLISTED,
                            row.summary().id(),
                            row.sequence(),
                            "the catalog",
                            "its row points to no intact record, but to "
                                    + row.location().container() + " at "
                                    + row.location().offset()));
                }
            }
            after = page.getLast().sequence();
            page = catalog.since(after, SessionQuery.ALL, PAGE);
        }
    }

    private void tell(Kind kind, StoredRecord record, String text) {
        findings.accept(new Finding(kind, record.id(), record.sequence(), "the catalog", text));
    }
}
