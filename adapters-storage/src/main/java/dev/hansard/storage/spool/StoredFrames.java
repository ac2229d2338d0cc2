// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.ledger.StoredRecords;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.storage.spool.FrameScanner.Found;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The records of one node in spool and segments, read as they lie and changed in nothing: so it may look at a node that
 * runs. Spool files are opened before segments are listed, and stay open: a file that is sealed meanwhile is read to
 * its
 * end, and what is sealed before the listing is in it. Belongs to one thread.
 */
final class StoredFrames implements StoredRecords {
    private static final String SUFFIX = ".warc.zst";
    private static final int PAGE = 1000;

    private final @Nullable Disk spool;
    private final PayloadStore payloads;
    private final NodeName node;
    private final MessageDigest sha256 = sha256();
    private final Map<String, Opened> opened = new LinkedHashMap<>();
    private final Set<String> checked = new HashSet<>();

    /** A spool file. */
    private record Opened(Disk.File file, @Nullable Long salt, long length) {}

    /**
     * @param spool the folder of the spool; null when only segments are at hand
     */
    StoredFrames(@Nullable Disk spool, PayloadStore payloads, NodeName node) {
        this.spool = spool;
        this.payloads = payloads;
        this.node = node;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public List<Container> containers() {
        var found = new ArrayList<Container>();
        try {
            openSpool();
            for (Map.Entry<String, Opened> each : opened.entrySet()) {
                found.add(spoolFile(each.getKey(), each.getValue()));
            }
            List<String> page = payloads.list("", "", PAGE);
            while (!page.isEmpty()) {
                for (String key : page) {
                    if (key.endsWith(SUFFIX)) {
                        addSegment(key, found);
                    }
                }
                page = payloads.list("", page.getLast(), PAGE);
            }
        } catch (IOException e) {
            throw new StorageException("what is stored cannot be listed: " + e.getMessage(), e);
        }
        return found;
    }

    private void openSpool() throws IOException {
        if (spool == null) {
            return;
        }
        // A file that was given up counts only as far as the header of the next one says.
        Map<Long, Long> ends = new HashMap<>();
        for (String name : spool.list().reversed()) {
            long number = SpoolFiles.numberOf(name);
            if (number >= 0) {
                open(number, spool.open(name), ends);
            }
        }
    }

    private void open(long number, Disk.File file, Map<Long, Long> ends) throws IOException {
        FileHeader header = FileHeader.decode(new FileWindow(file).view(0, FileHeader.LENGTH));
        if (header != null) {
            ends.put(header.previous(), header.previousEnd());
        }
        long length = file.length();
        var known = new SpoolFiles.Known(
                number,
                header == null ? null : header.salt(),
                header == null ? Instant.EPOCH : header.createdAt(),
                Math.min(length, ends.getOrDefault(number, length)),
                true,
                true);
        opened.put(known.container(), new Opened(file, known.salt(), known.end()));
    }

    private Container spoolFile(String name, Opened file) throws IOException {
        long first = Long.MAX_VALUE;
        long last = 0;
        FrameScanner scanner = scanner(file);
        for (Found frame = scanner.next(); frame != null; frame = scanner.next()) {
            if (frame.head().kind().isRecord()) {
                first = Math.min(first, frame.head().sequence());
                last = Math.max(last, frame.head().sequence());
            }
        }
        return new Container(name, first, last, true);
    }

    private static FrameScanner scanner(Opened file) {
        return new FrameScanner(file.file(), FileHeader.LENGTH, file.length(), file.salt(), false);
    }

    private void addSegment(String key, List<Container> found) throws IOException {
        long first = Long.MAX_VALUE;
        long last = 0;
        boolean foreign = false;
        for (CatalogEntry entry : new SegmentReader(payloads).read(key)) {
            foreign |= !entry.summary().node().equals(node);
            first = Math.min(first, entry.sequence());
            last = Math.max(last, entry.sequence());
        }
        if (!foreign) {
            found.add(new Container(key, first, last, false));
        }
    }

    @Override
    public void read(Container container, Visitor visitor) {
        Opened file = opened.get(container.name());
        try {
            if (file != null) {
                FrameScanner scanner = scanner(file);
                frames(scanner, visitor);
                scanner.gaps().stream().filter(gap -> !gap.tail()).forEach(gap -> visitor.damage(noRecord(gap)));
            } else {
                segment(container.name(), visitor);
            }
        } catch (IOException | StorageException e) {
            visitor.damage("it cannot be read: " + e.getMessage());
        }
    }

    private static String noRecord(FrameScanner.Gap gap) {
        return "bytes " + gap.from() + " to " + gap.to() + " are no record";
    }

    private void segment(String key, Visitor visitor) throws IOException {
        long length = payloads.length(key).orElseThrow(() -> new StorageException("segment " + key + " has gone"));
        var reader = new SegmentReader(payloads);
        List<CatalogEntry> entries = entries(key, reader.scanner(key, length), visitor);
        if (checked.add(key)) {
            if (!key.endsWith("/" + SegmentStore.uuid(digest(key, length)) + SUFFIX)) {
                visitor.damage("its bytes are not those that its name was made of");
            }
            if (!reader.read(key).equals(entries)) {
                visitor.damage("its footer does not list the records that it holds");
            }
        }
    }

    private List<CatalogEntry> entries(String key, FrameScanner scanner, Visitor visitor) throws IOException {
        var entries = new ArrayList<CatalogEntry>();
        for (Found found = scanner.next(); found != null; found = scanner.next()) {
            SessionSummary summary = show(found, scanner, visitor);
            if (summary != null) {
                entries.add(SegmentReader.entry(key, found, summary));
            }
        }
        return entries;
    }

    private void frames(FrameScanner scanner, Visitor visitor) throws IOException {
        for (Found found = scanner.next(); found != null; found = scanner.next()) {
            show(found, scanner, visitor);
        }
    }

    private @Nullable SessionSummary show(Found found, FrameScanner scanner, Visitor visitor) throws IOException {
        if (!found.head().kind().isRecord()) {
            return null;
        }
        SessionSummary summary = null;
        try {
            summary = scanner.summary(found);
        } catch (StorageException _) {
            // Its hash says the rest.
        }
        scanner.digest(found, sha256);
        visitor.record(new StoredRecord(
                found.head().id(), found.head().sequence(), found.offset(), Hash.of(sha256.digest()), summary));
        return summary;
    }

    private byte[] digest(String key, long length) throws IOException {
        var buffer = new byte[64 * 1024];
        try (InputStream in = payloads.read(key, 0, length)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha256.update(buffer, 0, n);
            }
        }
        return sha256.digest();
    }

    @Override
    public void close() {
        for (Opened each : opened.values()) {
            try {
                each.file().close();
            } catch (IOException _) {
                // It was only read.
            }
        }
        opened.clear();
    }
}
