// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.usage.StoredParts;
import dev.hansard.ports.value.NodeName;
import dev.hansard.storage.spool.FrameScanner.Found;
import dev.hansard.storage.spool.FrameScanner.Gap;
import dev.hansard.storage.spool.SpoolFiles.Known;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks at spool files and segments, and changes nothing. Safe for any number of threads. */
final class SpoolParts implements StoredParts {
    private static final int MOST_FAULTS = 20;

    private final SpoolFiles files;
    private final SpoolHealth health;
    private final PayloadStore payloads;
    private final NodeName node;
    private final boolean keeps;
    private final SegmentReader reader;
    private final SpoolUse use;

    /** @param keeps whether the payload store is on the disk of the spool */
    SpoolParts(SpoolFiles files, SpoolHealth health, PayloadStore payloads, NodeName node, boolean keeps) {
        this.files = files;
        this.health = health;
        this.payloads = payloads;
        this.node = node;
        this.keeps = keeps;
        this.reader = new SegmentReader(payloads);
        this.use = new SpoolUse(files);
    }

    @Override
    public List<Waiting> waiting() {
        try {
            return use.now();
        } catch (IOException e) {
            throw new StorageException("the spool cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Room room() {
        return new Room(health.grade(), health.free(), keeps);
    }

    @Override
    public List<String> spoolFiles() {
        var names = new ArrayList<String>();
        Optional<Known> next = files.from(0);
        while (next.isPresent()) {
            names.add(next.get().name());
            next = files.from(next.get().number() + 1);
        }
        return names;
    }

    @Override
    public List<String> faultsOfSpoolFile(String name) {
        Known known = files.find(SpoolFiles.numberOf(name)).orElse(null);
        if (known == null) {
            return List.of();
        }
        try (Disk.File file = files.open(known.number())) {
            var faults = new ArrayList<String>();
            if (FileHeader.decode(new FileWindow(file).view(0, FileHeader.LENGTH)) == null) {
                faults.add("its header is damaged");
            }
            var scanner = new FrameScanner(file, FileHeader.LENGTH, known.end(), known.salt(), true);
            readAll(scanner);
            scanner.gaps().stream().limit(MOST_FAULTS).forEach(gap -> faults.add(text(gap)));
            return faults;
        } catch (NoSuchFileException _) {
            return files.find(known.number()).isEmpty() ? List.of() : List.of("is not there any more");
        } catch (IOException e) {
            return List.of("cannot be read: " + e.getMessage());
        }
    }

    private static void readAll(FrameScanner scanner) throws IOException {
        Found found = scanner.next();
        while (found != null) {
            found = scanner.next();
        }
    }

    private static String text(Gap gap) {
        return gap.to() - gap.from() + " bytes from " + gap.from() + " on are damaged";
    }

    @Override
    public List<String> faultsOf(Segment segment) {
        String key = segment.key();
        OptionalLong length = payloads.length(key);
        if (length.isEmpty()) {
            return List.of();
        }
        try {
            var faults = new ArrayList<String>();
            String digest = SegmentStore.digest(payloads.read(key, 0, length.getAsLong()));
            String folder = key.substring(0, key.lastIndexOf('/'));
            boolean isWhole = SegmentStore.key(folder, digest).equals(key);
            if (!isWhole) {
                faults.add("its bytes are not those that were stored: SHA-256 is " + digest);
            }
            checkFooter(key, length.getAsLong(), !isWhole, faults);
            return faults;
        } catch (IOException | StorageException e) {
            return payloads.length(key).isEmpty() ? List.of() : List.of("cannot be read: " + e.getMessage());
        }
    }

    /** @param deep whether to test the frames too: bytes that are those that were stored need no checksum */
    private void checkFooter(String key, long length, boolean deep, List<String> faults) throws IOException {
        SegmentFooter.Trailer trailer = reader.trailer(key, length);
        List<CatalogEntry> rows = trailer == null ? List.of() : reader.rows(key, trailer, length);
        if (trailer == null || rows.size() != trailer.entries()) {
            faults.add("its footer is damaged; its sessions are read from their frames");
        }
        boolean isInside = trailer == null
                || rows.stream()
                        .allMatch(row -> row.location().offset() >= 0
                                && row.location().offset() + row.location().length() <= trailer.firstBlockAt());
        if (!isInside) {
            faults.add("its footer names frames that are not in it");
        }
        if (deep) {
            long from = rows.isEmpty() ? 0 : rows.getFirst().location().offset();
            FrameScanner scanner = reader.scanner(key, from, trailer == null ? length : trailer.firstBlockAt());
            readAll(scanner);
            scanner.gaps().stream()
                    .filter(gap -> !rows.isEmpty())
                    .limit(MOST_FAULTS)
                    .forEach(gap -> faults.add(text(gap)));
        }
    }

    @Override
    public boolean isThere(NodeName owner, String container) {
        if (SpoolFiles.isContainer(container)) {
            return !owner.equals(node) || files.find(container).isPresent();
        }
        return payloads.length(container).isPresent();
    }
}
