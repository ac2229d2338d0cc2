// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import com.github.luben.zstd.Zstd;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionCatalog.Relocation;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.storage.crypt.PartCipher;
import dev.hansard.storage.spool.FrameScanner.Found;
import dev.hansard.storage.spool.SpoolFiles.Known;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Copies the records of a spool file into segments: one for each service, retention class and hour. The bytes of a
 * segment follow from those of the file, and its key from its bytes; so whoever seals the same file again, because the
 * last one was killed on the way, stores the same object under the same key. Safe for any number of threads, one at a
 * time per file.
 */
final class SegmentStore {
    /** Longest segment but for one made of a single frame. */
    static final long MAX_SEGMENT = 256L * 1024 * 1024;

    private static final int RELOCATIONS = 1000;
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final DateTimeFormatter FOLDERS =
            DateTimeFormatter.ofPattern("yyyy/MM/dd/HH").withZone(ZoneOffset.UTC);

    private final SessionCatalog catalog;
    private final PayloadStore payloads;
    private final NodeName node;
    private final FrameKeys keys;

    SegmentStore(SessionCatalog catalog, PayloadStore payloads, NodeName node, FrameKeys keys) {
        this.keys = keys;
        this.catalog = catalog;
        this.payloads = payloads;
        this.node = node;
    }

    private record Group(ServiceName service, RetentionClass retention, Instant hour) {}

    /** Frames that become one segment. */
    private static final class Draft {
        private final Group group;
        private final List<Found> frames = new ArrayList<>();
        private long bytes;

        Draft(Group group) {
            this.group = group;
        }

        void add(Found frame) {
            frames.add(frame);
            bytes += frame.head().frameLength();
        }

        /** Where the frames lie in the segment, of which the first begins there. */
        List<Long> places(long first) {
            var places = new ArrayList<Long>(frames.size());
            long at = first;
            for (Found frame : frames) {
                places.add(at);
                at += frame.head().frameLength();
            }
            return places;
        }
    }

    /** What a walk over a spool file gave. */
    record Sealed(int segments, List<FrameScanner.Gap> gaps) {}

    /**
     * Stores all records of a file, verifies them, and points the catalog to them. When it returns the file may go.
     *
     * @throws StorageException when the payload store or the catalog does not do its part
     */
    Sealed seal(Known known, Disk.File file) throws IOException {
        var scanner = new FrameScanner(file, FileHeader.LENGTH, known.end(), known.salt(), true);
        List<Draft> drafts = drafts(scanner);
        for (Draft draft : drafts) {
            keys.publish(keyIds(draft, file));
            store(draft, known, file);
        }
        keys.tidy();
        return new Sealed(drafts.size(), scanner.gaps());
    }

    private static List<Draft> drafts(FrameScanner scanner) throws IOException {
        Map<Group, Draft> current = new LinkedHashMap<>();
        var all = new ArrayList<Draft>();
        for (Found found = scanner.next(); found != null; found = scanner.next()) {
            if (!found.head().kind().isRecord()) {
                continue;
            }
            Group group = groupOf(scanner.summary(found));
            Draft draft = current.get(group);
            if (draft == null || draft.bytes + found.head().frameLength() > MAX_SEGMENT) {
                draft = new Draft(group);
                current.put(group, draft);
                all.add(draft);
            }
            draft.add(found);
        }
        return all;
    }

    private static Group groupOf(SessionSummary summary) {
        return new Group(
                summary.service(), summary.retention(), summary.startedAt().truncatedTo(ChronoUnit.HOURS));
    }

    /** The keys without which the frames of a segment could not be read. */
    private static Set<Long> keyIds(Draft draft, Disk.File file) throws IOException {
        var ids = new HashSet<Long>();
        var window = new FileWindow(file);
        for (Found frame : draft.frames) {
            if (frame.head().has(FrameFormat.ENCRYPTED)) {
                // Every record of a session has metadata, and all of its parts have the same key.
                long at = frame.offset() + frame.head().metadataAt();
                ids.add(PartCipher.keyId(window.view(at, PartCipher.PREFIX)));
            }
        }
        return ids;
    }

    private void store(Draft draft, Known known, Disk.File file) throws IOException {
        byte[] info = Zstd.compress(warcinfo(draft, known));
        List<Long> places = draft.places(info.length);
        byte[] end = footer(draft, places, file);
        long length = info.length + draft.bytes + end.length;
        String sha256 = digest(contents(info, draft, file, end));
        String key = key(draft.group, sha256);
        try (InputStream in = contents(info, draft, file, end)) {
            payloads.put(key, in, length, sha256);
        }
        if (payloads.length(key).orElse(-1) != length) {
            throw new StorageException("segment " + key + " must have " + length
                    + " bytes in the payload store, but has " + payloads.length(key));
        }
        relocate(draft, known, places, key);
    }

    private byte[] footer(Draft draft, List<Long> places, Disk.File file) throws IOException {
        var footer = new SegmentFooter();
        var window = new FileWindow(file);
        try (var words = new FrameWords(keys)) {
            for (int i = 0; i < places.size(); i++) {
                Found frame = draft.frames.get(i);
                words.read(new WindowBytes(window, frame.offset()), frame.head());
                int summary = frame.head().summaryLength();
                footer.add(frame.head(), places.get(i), window.view(frame.offset() + FrameFormat.HEAD, summary), words);
            }
        }
        return footer.finish(places.getFirst() + draft.bytes);
    }

    /** Neighbours that stay neighbours move as one. */
    private void relocate(Draft draft, Known known, List<Long> places, String key) {
        var moves = new ArrayList<Relocation>();
        int count = draft.frames.size();
        for (int from = 0, to; from < count; from = to) {
            to = from + 1;
            while (to < count && isNextTo(draft.frames.get(to - 1), draft.frames.get(to))) {
                to++;
            }
            Found first = draft.frames.get(from);
            long length = draft.frames.get(to - 1).end() - first.offset();
            moves.add(new Relocation(
                    first.head().id(),
                    new FrameLocation(known.container(), first.offset(), length),
                    new FrameLocation(key, places.get(from), length)));
            if (moves.size() == RELOCATIONS || to == count) {
                relocate(List.copyOf(moves));
                moves.clear();
            }
        }
    }

    private void relocate(List<Relocation> moves) {
        try {
            catalog.relocate(moves);
        } catch (StorageException e) {
            // It is the same for each file: what the catalog has taken before it can point elsewhere.
            throw StorageException.outage(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isNextTo(Found left, Found right) {
        long leftDay = left.head().id().epochMillis() / DAY_MILLIS;
        return left.end() == right.offset() && leftDay == right.head().id().epochMillis() / DAY_MILLIS;
    }

    private static InputStream contents(byte[] info, Draft draft, Disk.File file, byte[] end) {
        var parts = new ArrayList<InputStream>();
        parts.add(new ByteArrayInputStream(info));
        // Neighbours in the file are read as one.
        long from = -1;
        long to = -1;
        for (Found frame : draft.frames) {
            if (frame.offset() != to) {
                addRange(parts, file, from, to);
                from = frame.offset();
            }
            to = frame.end();
        }
        addRange(parts, file, from, to);
        parts.add(new ByteArrayInputStream(end));
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    private static void addRange(List<InputStream> parts, Disk.File file, long from, long to) {
        if (from >= 0) {
            parts.add(new FileFrame(file, from).open(0, to - from));
        }
    }

    /** SHA-256 of what a stream gives, in lower-case hex digits; closes it. */
    static String digest(InputStream contents) throws IOException {
        MessageDigest sha256 = sha256();
        var buffer = new byte[64 * 1024];
        try (contents) {
            for (int n = contents.read(buffer); n >= 0; n = contents.read(buffer)) {
                sha256.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String key(Group group, String sha256) {
        return key(group.service() + "/" + group.retention() + "/" + FOLDERS.format(group.hour()), sha256);
    }

    /** The key of a segment with that content, in a folder. */
    static String key(String folder, String sha256) {
        return folder + "/" + uuid(HexFormat.of().parseHex(sha256)) + ".warc.zst";
    }

    /** The start of a digest as a UUIDv8 (RFC 9562 section 5.8). */
    static UUID uuid(byte[] digest) {
        ByteBuffer bytes = ByteBuffer.wrap(digest);
        long high = (bytes.getLong() & ~0xF000L) | 0x8000L;
        long low = (bytes.getLong() & (-1L >>> 2)) | (1L << 63);
        return new UUID(high, low);
    }

    private byte[] warcinfo(Draft draft, Known known) {
        var info = new ByteSink(512);
        info.text("software: Hansard").crlf();
        info.text("format: WARC File Format 1.1").crlf();
        info.text("conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/")
                .crlf();
        info.text("hostname: ").text(node.value()).crlf();
        info.text("isPartOf: ").text(draft.group.service().value()).crlf();
        info.text("hansard-retention: ").text(draft.group.retention().value()).crlf();

        byte[] name = (node + "/" + known.number() + "/"
                        + draft.frames.getFirst().head().id())
                .getBytes(StandardCharsets.UTF_8);
        UUID id = uuid(sha256().digest(name));
        var record = new ByteSink(512);
        record.text("WARC/1.1").crlf().text("WARC-Type: warcinfo").crlf();
        record.text("WARC-Record-ID: <urn:uuid:").text(id.toString()).text(">").crlf();
        record.text("WARC-Date: ");
        WarcHead.date(record, known.createdAt());
        record.crlf().text("Content-Type: application/warc-fields").crlf();
        record.text("Content-Length: ").decimal(info.size(), 1).crlf().crlf();
        record.put(info.array(), 0, info.size()).crlf().crlf();
        return record.toArray();
    }
}
