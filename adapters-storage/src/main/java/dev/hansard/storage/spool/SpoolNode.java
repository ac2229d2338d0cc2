// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.ledger.RecordLedger;
import dev.hansard.ports.search.ContentSearch;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionArchive;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.NodeName;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    private final @Nullable LedgerFeed ledger;
    private final SpoolStores stores;
    private final SpoolFiles files;
    private final FlightTable flights;
    private final Quarantine quarantine;
    private final SpoolHealth health;
    private final NodeName name;

    private SpoolNode(
            Disk disk,
            SpoolSettings settings,
            SpoolStores stores,
            SpoolWriter.Origin origin,
            FlightTable flights,
            Found found) {
        this.stores = stores;
        files = found.files();
        quarantine = found.quarantine();
        this.flights = flights;
        name = origin.node();
        health = new SpoolHealth(
                origin.sources().nanos(), settings.recordDeadline().toNanos());
        FrameKeys keys = found.keys();
        spool = new DurableSpool(settings, flights, files, health, origin.sources(), keys);
        log = new SpoolLog(
                disk, settings, files, health, origin.sources(), found.outcome().last());
        writer = new SpoolWriter(log, spool, health, files, settings, origin);
        indexer = new Indexer(files, stores.catalog());
        var segments = new SegmentStore(stores.catalog(), stores.payloads(), origin.node(), keys);
        var uploads = new Uploads(files, segments, quarantine, stores.uploads());
        var setbacks = new Setbacks(origin.sources().nanos());
        sealer = new Sealer(disk, files, indexer, uploads, new Sealer.Carrier(spool), setbacks);
        archive = new FrameArchive(stores, files, keys, origin.node(), settings.sealAfter());
        RecordLedger records = stores.ledger();
        ledger = records == null ? null : new LedgerFeed(files, records);
        connect(ledger);
        indexer.onAdvanced(sealer::wake);
    }

    private void connect(@Nullable LedgerFeed feed) {
        if (feed == null) {
            writer.onWritten(indexer::wake);
            return;
        }
        writer.onWritten(() -> {
            indexer.wake();
            feed.wake();
        });
        sealer.after(feed);
        feed.onEntered(sealer::wake);
    }

    private record Found(SpoolFiles files, Quarantine quarantine, Recovery.Outcome outcome, FrameKeys keys) {}

    /** Recovers what is there; when it returns, each call of the last process has its record, durable. */
    static SpoolNode open(Disk disk, SpoolSettings settings, SpoolStores stores, NodeName name, Sources sources)
            throws IOException {
        var files = new SpoolFiles(disk);
        FlightTable flights = FlightTable.open(disk, settings.maxFlights());
        FrameKeys keys = FrameKeys.open(stores.encryption(), disk, stores.payloads(), sources);
        var recovery = new Recovery(disk, files, flights, stores, name, keys);
        Recovery.Outcome outcome = recovery.run();
        var node = new SpoolNode(
                disk,
                settings,
                stores,
                new SpoolWriter.Origin(name, sources),
                flights,
                new Found(files, recovery.quarantine(), outcome, keys));
        node.start(outcome.unfinished());
        return node;
    }

    private void start(List<EncodedFrame> unfinished) {
        log.prepare();
        List<Entry> entries = unfinished.stream()
                .map(frame -> new Entry(frame, null, true, false, spool.patience()))
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

    /** What enters records in the ledger; null when there is none. */
    @Nullable
    LedgerFeed ledger() {
        return ledger;
    }

    SpoolParts parts(boolean keeps) {
        return new SpoolParts(files, health, stores.payloads(), name, keeps);
    }

    PayloadStore payloads() {
        return stores.payloads();
    }

    SessionArchive archive() {
        return archive;
    }

    /** What looks into contents, in the spool and in segments. */
    ContentSearch search() {
        return query -> new RunningSearch(stores, files, spool.keys(), query);
    }

    SpoolFiles files() {
        return files;
    }

    RebuiltCatalog rebuildCatalog(Consumer<RebuiltCatalog> told) throws IOException {
        var rebuild = new CatalogRebuild(stores.catalog(), stores.payloads(), told);
        sealer.rebuild(rebuild);
        return rebuild.outcome();
    }

    /** Gives the catalog back what it lost, if it lost anything; the answer is how many rows. */
    long restoreCatalog() throws IOException {
        Set<LocalDate> lost = stores.catalog().lostDays();
        return lost.isEmpty() ? 0 : sealer.restore(new CatalogRebuild(stores.catalog(), stores.payloads()), lost);
    }

    SpoolStats stats() {
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
                sealer.setAside(),
                trouble());
    }

    private String trouble() {
        String ofLedger = ledger == null ? "" : ledger.trouble();
        return Stream.of(indexer.trouble(), ofLedger, sealer.trouble())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        if (ledger != null) {
            ledger.close();
        }
        indexer.close();
        spool.encoders().close();
        spool.patience().close();
    }
}
