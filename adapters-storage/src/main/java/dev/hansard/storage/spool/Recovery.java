// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.ledger.RecordLedger;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.spool.FrameScanner.Found;
import dev.hansard.storage.spool.SpoolFiles.Known;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the last process has left. Every file is read to its end and every checksum tested. A call with an
 * intent or a flight, but without a record, gets one that says so.
 *
 * <p>It changes nothing but to copy damaged bytes away, so it may be killed and run again at any moment: the records
 * it asks for are appended and synced by the caller before the flights are cleared, and the next run finds them there.
 */
final class Recovery {
    private static final Logger LOG = System.getLogger(Recovery.class.getName());
    private static final List<ByteBuffer> NO_BODY = List.of();

    private final Disk disk;
    private final SpoolFiles files;
    private final FlightTable flights;
    private final SessionCatalog catalog;
    private final @Nullable RecordLedger ledger;
    private final NodeName node;
    private final FrameKeys keys;
    private final Quarantine quarantine;
    private final Map<SessionId, Open> open = new LinkedHashMap<>();
    private long lastSequence;

    /** A call without a record, as far as is known. */
    private record Open(OpenIntents.@Nullable Place intent, FlightTable.@Nullable Note flight) {}

    /**
     * What was found.
     *
     * @param last where to go on
     * @param unfinished the records to append
     */
    record Outcome(SpoolLog.Position last, List<EncodedFrame> unfinished) {}

    Recovery(Disk disk, SpoolFiles files, FlightTable flights, SpoolStores stores, NodeName node, FrameKeys keys) {
        this.keys = keys;
        this.disk = disk;
        this.files = files;
        this.flights = flights;
        catalog = stores.catalog();
        ledger = stores.ledger();
        this.node = node;
        quarantine = new Quarantine(disk);
    }

    Outcome run() throws IOException {
        flights.survivors().forEach(note -> open.put(note.id(), new Open(null, note)));
        SortedMap<Long, @Nullable FileHeader> headers = headers();
        Map<Long, Long> ends = new HashMap<>();
        for (FileHeader header : headers.values()) {
            if (header != null) {
                ends.put(header.previous(), header.previousEnd());
                lastSequence = Math.max(lastSequence, header.firstSequence() - 1);
            }
        }
        for (long number : headers.keySet()) {
            if (!ends.containsKey(number)) {
                writeAgain(number);
            }
            scan(number, headers.get(number), ends.get(number));
        }
        forgetTheEnded(headers.keySet());
        List<EncodedFrame> unfinished = unfinished();
        if (!headers.isEmpty()) {
            LOG.log(
                    Level.INFO,
                    "Spool recovered: {0} files, {1} calls without a record, {2} damaged bytes",
                    headers.size(),
                    unfinished.size(),
                    quarantine.damagedBytes());
        }
        return new Outcome(position(headers), unfinished);
    }

    private SpoolLog.Position position(SortedMap<Long, @Nullable FileHeader> headers) {
        long previous = headers.isEmpty() ? 0 : headers.lastKey();
        long previousEnd = files.find(previous).map(Known::end).orElse(0L);
        // Above what the catalog has seen, too: it would pass over files with numbers that it knows.
        long number = Math.max(previous, catalog.indexedUpTo().file());
        long sequence = Math.max(lastSequence, catalog.lastOfNode());
        if (ledger != null) {
            // And above what the ledger has entered, even when the catalog is lost: it enters no sequence twice.
            number = Math.max(number, ledger.covered().file());
            sequence = Math.max(sequence, ledger.lastSequence());
        }
        return new SpoolLog.Position(number, previous, previousEnd, sequence);
    }

    private SortedMap<Long, @Nullable FileHeader> headers() throws IOException {
        var headers = new TreeMap<Long, @Nullable FileHeader>();
        for (String name : disk.list()) {
            long number = SpoolFiles.numberOf(name);
            if (number >= 0) {
                try (Disk.File file = disk.open(name)) {
                    FileHeader header = FileHeader.decode(new FileWindow(file).view(0, FileHeader.LENGTH));
                    headers.put(number, header != null && header.number() == number ? header : null);
                }
            }
        }
        return headers;
    }

    /**
     * What a killed process wrote may be only in the system's memory, and must not be lost once it is indexed. A sync
     * alone would not do: if one failed in that process, this one would be told that all is well. So the bytes are
     * written once more where they are. Only the last file can need it: each one before was synced to where its
     * successor's header says that it ends.
     */
    private void writeAgain(long number) throws IOException {
        try (Disk.File file = files.open(number)) {
            var window = new FileWindow(file);
            long length = file.length();
            for (long at = 0; at < length; at += FileWindow.SIZE) {
                ByteBuffer bytes = window.rest(at);
                if (!isZero(bytes)) {
                    file.write(bytes, at);
                }
            }
            file.sync();
        }
    }

    private static boolean isZero(ByteBuffer bytes) {
        return bytes.mismatch(ByteBuffer.allocate(bytes.remaining())) < 0;
    }

    private void scan(long number, @Nullable FileHeader header, @Nullable Long end) throws IOException {
        try (Disk.File file = files.open(number)) {
            long to = end == null ? file.length() : Math.min(end, file.length());
            var scanner = new FrameScanner(file, FileHeader.LENGTH, to, header == null ? null : header.salt(), true);
            for (Found found = scanner.next(); found != null; found = scanner.next()) {
                note(number, found);
            }
            lastSequence = Math.max(lastSequence, scanner.tornSequence());
            quarantine.keep(number, file, scanner.gaps());
            Instant createdAt = header == null ? Instant.EPOCH : header.createdAt();
            boolean damaged = scanner.gaps().stream().anyMatch(gap -> !gap.tail());
            files.add(new Known(number, scanner.salt(), createdAt, scanner.position(), true, damaged));
        }
    }

    private void note(long number, Found found) {
        FrameHead head = found.head();
        lastSequence = Math.max(lastSequence, head.sequence());
        if (head.kind() == FrameKind.INTENT) {
            var place = new OpenIntents.Place(head.id(), number, found.offset(), head.frameLength());
            open.merge(head.id(), new Open(place, null), (before, _) -> new Open(place, before.flight()));
        } else {
            open.remove(head.id());
        }
    }

    /** An intent that was taken over into a later file can lie behind the record of its call. */
    private void forgetTheEnded(Iterable<Long> numbers) throws IOException {
        if (open.isEmpty()) {
            return;
        }
        for (long number : numbers) {
            Known known = files.find(number).orElseThrow();
            try (Disk.File file = files.open(number)) {
                var scanner = new FrameScanner(file, FileHeader.LENGTH, known.end(), known.salt(), known.damaged());
                for (Found found = scanner.next(); found != null; found = scanner.next()) {
                    if (found.head().kind() != FrameKind.INTENT) {
                        open.remove(found.head().id());
                    }
                }
            }
        }
        forgetTheIndexed();
    }

    /** A record may be in a segment alone; where nobody can say, a second one is written, which replaces no better. */
    private void forgetTheIndexed() {
        try {
            open.keySet().removeIf(id -> catalog.find(id).isPresent());
        } catch (StorageException e) {
            LOG.log(
                    Level.WARNING,
                    "The catalog cannot say which calls have a record; all {0} in doubt get one: {1}",
                    open.size(),
                    e.getMessage());
        }
    }

    private List<EncodedFrame> unfinished() throws IOException {
        var frames = new ArrayList<EncodedFrame>();
        try (var encoder = new FrameEncoder(keys)) {
            for (Open call : open.values()) {
                Session session = session(call);
                if (session != null) {
                    frames.add(encoder.encode(FrameKind.INCOMPLETE, session, NO_BODY, NO_BODY));
                }
            }
        }
        return frames;
    }

    private @Nullable Session session(Open call) throws IOException {
        if (call.intent() != null) {
            OpenIntents.Place place = call.intent();
            try (Disk.File file = files.open(place.file())) {
                var frame = new FileFrame(file, place.offset());
                Session intent = FrameReader.open(frame, place.length(), place.id(), keys)
                        .session();
                return Unfinished.of(intent, call.flight(), Unfinished.OUTCOME_UNKNOWN);
            }
        }
        return call.flight() == null ? null : Unfinished.of(call.flight(), node, Unfinished.OUTCOME_UNKNOWN);
    }

    Quarantine quarantine() {
        return quarantine;
    }
}
