// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.SessionId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;

/**
 * Takes batches in: copied into a staging table of the connection, the cheapest way into PostgreSQL, and from there
 * into their places by one call of a function on the server. What other nodes would have to wait for is locked only
 * from that call to the commit.
 */
final class Intake {
    private final NodeName node;

    Intake(NodeName node) {
        this.node = node;
    }

    /** One entry for each session, the best of a batch with the first's place, in the order of their sequences. */
    private static List<CatalogEntry> merged(Collection<CatalogEntry> batch) {
        var best = new LinkedHashMap<SessionId, CatalogEntry>();
        batch.forEach(entry -> best.merge(entry.summary().id(), entry, Intake::better));
        return best.values().stream()
                .sorted(Comparator.comparingLong(CatalogEntry::sequence))
                .toList();
    }

    private static CatalogEntry better(CatalogEntry there, CatalogEntry given) {
        return given.summary().replaces(there.summary())
                ? new CatalogEntry(there.sequence(), given.summary(), given.location())
                : there;
    }

    /**
     * In a transaction: takes a batch, and moves the position.
     *
     * @return the highest sequence of this node's in the batch; 0 when there is none
     */
    long take(Handle handle, long epoch, Collection<CatalogEntry> batch, SpoolPosition upTo) throws SQLException {
        List<CatalogEntry> entries = merged(batch);
        handle.execute(SessionRows.STAGING);
        if (!entries.isEmpty()) {
            copy(handle, entries);
        }
        long last = batch.stream()
                .filter(entry -> entry.summary().node().equals(node))
                .mapToLong(CatalogEntry::sequence)
                .max()
                .orElse(0);
        handle.execute("SELECT take(?, ?, ?, ?, ?)", node.value(), epoch, upTo.file(), upTo.offset(), last);
        return last;
    }

    private static void copy(Handle handle, List<CatalogEntry> entries) throws SQLException {
        var rows = new CopyRows(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            SessionRows.add(rows, i, entries.get(i));
        }
        try {
            handle.getConnection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(SessionRows.COPY, new ByteArrayInputStream(rows.bytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("memory could not be read", e);
        }
    }
}
