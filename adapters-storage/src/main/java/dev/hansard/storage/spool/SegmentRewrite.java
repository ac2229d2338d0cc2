// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a segment of some records of another one. The frames are copied as they are, whatever they are made of; so
 * every digest and every proof of them stays valid. The key follows from the bytes: whoever does it again stores the
 * same object.
 */
final class SegmentRewrite {
    private final PayloadStore payloads;
    private final SegmentReader reader;
    private final FrameKeys keys;
    private final Consumer<List<CatalogEntry>> catalog;

    /**
     * @param keys of the frames, to find out their words
     * @param catalog is told where sessions lie now
     */
    SegmentRewrite(PayloadStore payloads, SegmentReader reader, FrameKeys keys, Consumer<List<CatalogEntry>> catalog) {
        this.payloads = payloads;
        this.reader = reader;
        this.keys = keys;
        this.catalog = catalog;
    }

    /** What the new segment is made of: the beginning of the old one, frames of it, and a footer. */
    private static final class Parts {
        private final String from;
        private final long start;
        private final List<FrameLocation> frames;
        private final byte[] footer;

        Parts(String from, long start, List<FrameLocation> frames, byte[] footer) {
            this.from = from;
            this.start = start;
            this.frames = frames;
            this.footer = footer;
        }

        long length() {
            return start + frames.stream().mapToLong(FrameLocation::length).sum() + footer.length;
        }
    }

    /**
     * Stores the records, verifies that, and points the catalog to them.
     *
     * @param staying records of the segment, in order; at least one
     */
    Segment store(Segment segment, List<CatalogEntry> staying) throws IOException {
        Parts parts = parts(segment, staying);
        String sha256 = SegmentStore.digest(contents(parts));
        String folder = segment.key().substring(0, segment.key().lastIndexOf('/'));
        String key = SegmentStore.key(folder, sha256);
        try (InputStream in = contents(parts)) {
            payloads.put(key, in, parts.length(), sha256);
        }
        if (payloads.length(key).orElse(-1) != parts.length()) {
            throw new StorageException("segment " + key + " must have " + parts.length()
                    + " bytes in the payload store, but has " + payloads.length(key));
        }
        catalog.accept(moved(staying, parts, key));
        return new Segment(key, segment.service(), segment.retention(), segment.hour());
    }

    private Parts parts(Segment segment, List<CatalogEntry> staying) throws IOException {
        long start = firstFrame(segment);
        var footer = new SegmentFooter();
        var frames = new ArrayList<FrameLocation>();
        FileWindow window = reader.window(segment.key());
        long at = start;
        try (var words = new FrameWords(keys)) {
            for (CatalogEntry entry : staying) {
                FrameLocation frame = entry.location();
                FrameHead head = head(entry, window);
                // What goes must not be found out: words of it are in no filter of what stays.
                words.read(new WindowBytes(window, frame.offset()), head);
                footer.add(head, at, window.view(frame.offset() + FrameFormat.HEAD, head.summaryLength()), words);
                frames.add(frame);
                at += frame.length();
            }
        }
        return new Parts(segment.key(), start, frames, footer.finish(at));
    }

    /** Before its first frame a segment says what it is. */
    private long firstFrame(Segment segment) throws IOException {
        return reader.read(segment.key()).stream()
                .mapToLong(entry -> entry.location().offset())
                .min()
                .orElseThrow(() -> new StorageException("segment " + segment.key() + " has no record"));
    }

    private static FrameHead head(CatalogEntry entry, FileWindow window) throws IOException {
        FrameLocation frame = entry.location();
        FrameHead head = null;
        if (frame.length() >= FrameFormat.HEAD) {
            ByteBuffer fixed = window.view(frame.offset(), FrameFormat.HEAD);
            int length = fixed.remaining() < FrameFormat.HEAD ? -1 : FrameFormat.headLength(fixed);
            ByteBuffer whole = length < 0 || length > frame.length() ? fixed : window.view(frame.offset(), length);
            head = length < 0 || whole.remaining() < length ? null : FrameFormat.read(whole);
        }
        requireWhole(entry, head);
        return Objects.requireNonNull(head);
    }

    private static void requireWhole(CatalogEntry entry, @Nullable FrameHead head) {
        boolean whole = head != null
                && head.frameLength() == entry.location().length()
                && head.id().equals(entry.summary().id());
        if (!whole) {
            throw new StorageException("session " + entry.summary().id() + " must stay, but its frame in "
                    + entry.location().container() + " at " + entry.location().offset()
                    + " is damaged; the segment stays as it is");
        }
    }

    /** Opens one range after the other, so that never more than one is open. */
    @SuppressWarnings("JdkObsolete") // A sequence of streams takes nothing but an enumeration.
    private InputStream contents(Parts parts) {
        var start = new FrameLocation(parts.from, 0, parts.start);
        Iterator<FrameLocation> ranges =
                Stream.concat(Stream.of(start), joined(parts.frames).stream()).iterator();
        Enumeration<InputStream> opened = new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return ranges.hasNext();
            }

            @Override
            public InputStream nextElement() {
                FrameLocation range = ranges.next();
                return payloads.read(range.container(), range.offset(), range.length());
            }
        };
        return new SequenceInputStream(new SequenceInputStream(opened), new ByteArrayInputStream(parts.footer));
    }

    /** Neighbours are read as one. */
    private static List<FrameLocation> joined(List<FrameLocation> frames) {
        var joined = new ArrayList<FrameLocation>();
        for (FrameLocation frame : frames) {
            FrameLocation last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && last.offset() + last.length() == frame.offset()) {
                joined.set(
                        joined.size() - 1,
                        new FrameLocation(last.container(), last.offset(), last.length() + frame.length()));
            } else {
                joined.add(frame);
            }
        }
        return Collections.unmodifiableList(joined);
    }

    private static List<CatalogEntry> moved(List<CatalogEntry> staying, Parts parts, String key) {
        var moved = new ArrayList<CatalogEntry>(staying.size());
        long at = parts.start;
        for (CatalogEntry entry : staying) {
            long length = entry.location().length();
            moved.add(new CatalogEntry(entry.sequence(), entry.summary(), new FrameLocation(key, at, length)));
            at += length;
        }
        return moved;
    }
}
