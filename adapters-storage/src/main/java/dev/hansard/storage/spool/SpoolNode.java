// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionArchive;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.NodeName;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * All parts of a spool put together, without threads: {@link SpoolStorage} gives each of the three workers one, a
 * simulation steps them in any order it likes.
 */
final class SpoolNode implements AutoCloseable {
    private final DurableSpool spool;
    private final SpoolLog log;
    private final SpoolWriter writer;
    private final Indexer indexer;
    private final Sealer sealer;
    private final FrameArchive archive;
    private final Stores stores;
    private final SpoolFiles files;
    private final FlightTable flights;
    private final Quarantine quarantine;

    /** Where sessions go. */
    record Stores(SessionCatalog catalog, PayloadStore payloads) {}

    private SpoolNode(
            Disk disk,
            SpoolSettings settings,
            Stores stores,
            SpoolWriter.Origin origin,
            FlightTable flights,
            Found found) {
        this.stores = stores;
        files = found.files();
        quarantine = found.quarantine();
        this.flights = flights;
        var health = new SpoolHealth(
                origin.sources().nanos(), settings.recordDeadline().toNanos());
        spool = new DurableSpool(settings, flights, files, health, origin.sources());
        log = new SpoolLog(
                disk, settings, files, health, origin.sources(), found.outcome().last());
        writer = new SpoolWriter(log, spool, health, files, settings, origin);
        indexer = new Indexer(files, stores.catalog());
        var segments = new SegmentStore(stores.catalog(), stores.payloads(), origin.node());
        sealer = new Sealer(disk, files, indexer, segments, new Sealer.Carrier(spool), quarantine);
        archive = new FrameArchive(stores.catalog(), files, stores.payloads());
        writer.onWritten(indexer::wake);
        indexer.onAdvanced(sealer::wake);
    }

    private record Found(SpoolFiles files, Quarantine quarantine, Recovery.Outcome outcome) {}

    /** Recovers what is there; when it returns, each call of the last process has its record, durable. */
    static SpoolNode open(Disk disk, SpoolSettings settings, Stores stores, NodeName name, Sources sources)
            throws IOException {
        var files = new SpoolFiles(disk);
        FlightTable flights = FlightTable.open(disk, settings.maxFlights());
        var recovery = new Recovery(disk, files, flights, stores.catalog(), name);
        Recovery.Outcome outcome = recovery.run();
        var node = new SpoolNode(
                disk,
                settings,
                stores,
                new SpoolWriter.Origin(name, sources),
                flights,
                new Found(files, recovery.quarantine(), outcome));
        node.start(outcome.unfinished());
        return node;
    }

    private void start(List<EncodedFrame> unfinished) {
        log.prepare();
        List<Entry> entries = unfinished.stream()
                .map(frame -> new Entry(frame, null, true, false))
                .toList();
        entries.forEach(entry -> spool.queue().hold(entry.frame().heldBytes()));
        log.commit(entries, true);
        if (spool.lost() > 0) {
            // The flights must not be forgotten, or these calls would be.
            throw new StorageException("spool cannot be written, and " + spool.lost()
                    + " calls of the last process have no record yet; make room on the disk");
        }
        flights.clear();
    }

    DurableSpool spool() {
        return spool;
    }

    SpoolWriter writer() {
        return writer;
    }

    Indexer indexer() {
        return indexer;
    }

    Sealer sealer() {
        return sealer;
    }

    PayloadStore payloads() {
        return stores.payloads();
    }

    SessionArchive archive() {
        return archive;
    }

    long rebuildCatalog() throws IOException {
        return sealer.rebuild(new CatalogRebuild(stores.catalog(), stores.payloads()));
    }

    /** Gives the catalog back what it lost, if it lost anything; the answer is how many rows. */
    long restoreCatalog() throws IOException {
        Set<LocalDate> lost = stores.catalog().lostDays();
        return lost.isEmpty() ? 0 : sealer.restore(new CatalogRebuild(stores.catalog(), stores.payloads()), lost);
    }

    SpoolStats stats() {
        String trouble = indexer.trouble().isEmpty() ? sealer.trouble() : indexer.trouble();
        return new SpoolStats(
                spool.recorded(),
                spool.lost(),
                spool.refused(),
                files.count(),
                files.bytes(),
                spool.queue().heldBytes(),
                flights.used(),
                flights.refused(),
                log.fileFailures(),
                quarantine.damagedBytes(),
                indexer.unreadable(),
                sealer.segments(),
                trouble);
    }

    @Override
    public void close() {
        indexer.close();
        spool.encoders().close();
    }
}
