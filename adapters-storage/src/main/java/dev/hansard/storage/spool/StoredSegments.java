// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.PayloadLocks;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.SessionId;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The segments of the payload store. None is removed while the sealer works or the catalog is rebuilt: a rebuild would
 * give the catalog rows of what has just gone. A segment never changes, so what was once asked of it is remembered.
 */
final class StoredSegments implements Segments {
    /** Of so many segments the size is remembered, which takes some 40 MB; of others it is asked anew. */
    private static final int REMEMBERED = 200_000;

    private final PayloadStore payloads;
    private final SegmentReader reader;
    private final SegmentRewrite rewrite;
    private final RowsOfSegments rowsOf;
    private final Sealer sealer;
    private final FrameKeys keys;
    private final Runnable settle;
    private final Map<String, Size> sizes = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Size> eldest) {
            return size() > REMEMBERED;
        }
    });

    /**
     * @param settle seals what is in the spool
     */
    StoredSegments(PayloadStore payloads, Sealer sealer, FrameKeys keys, Runnable settle) {
        this.keys = keys;
        this.payloads = payloads;
        this.reader = new SegmentReader(payloads);
        this.rewrite = new SegmentRewrite(payloads, reader, keys, sealer::place);
        this.rowsOf = new RowsOfSegments(payloads, sealer::place);
        this.sealer = sealer;
        this.settle = settle;
    }

    /** Something that reads the payload store. */
    private interface Reading<T extends @Nullable Object> {
        T read() throws IOException;
    }

    private static <T extends @Nullable Object> T reading(Segment segment, Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new StorageException("segment " + segment.key() + " cannot be read", e);
        }
    }

    @Override
    public Page list(String after) {
        List<String> keys = payloads.list("", after, MAX_LIST);
        List<Segment> found =
                keys.stream().map(Segment::parse).filter(Objects::nonNull).toList();
        return new Page(found, keys.size() < MAX_LIST ? null : keys.getLast());
    }

    @Override
    public @Nullable Size size(Segment segment) {
        Size known = sizes.get(segment.key());
        if (known != null) {
            return known;
        }
        OptionalLong length = payloads.length(segment.key());
        if (length.isEmpty()) {
            return null;
        }
        long records = reading(segment, () -> reader.count(segment.key(), length.getAsLong()));
        var size = new Size(length.getAsLong(), records);
        sizes.put(segment.key(), size);
        return size;
    }

    @Override
    public List<CatalogEntry> records(Segment segment) {
        return payloads.length(segment.key()).isEmpty()
                ? List.of()
                : reading(segment, () -> reader.read(segment.key()));
    }

    @Override
    public @Nullable Segment remove(Segment segment, Predicate<SessionId> stays, Rows rows) {
        return reading(
                segment,
                () -> sealer.alone(() -> {
                    if (payloads.length(segment.key()).isEmpty()) {
                        return null;
                    }
                    List<CatalogEntry> records = reader.read(segment.key());
                    List<CatalogEntry> staying = records.stream()
                            .filter(record -> stays.test(record.summary().id()))
                            .toList();
                    if (!records.isEmpty() && staying.size() == records.size()) {
                        return segment;
                    }
                    Segment now = staying.isEmpty() ? null : keep(segment, staying);
                    if (rows == Rows.STAY) {
                        rowsOf.store(segment, without(records, staying));
                    }
                    passHold(segment, now);
                    payloads.delete(segment.key());
                    sizes.remove(segment.key());
                    return now;
                }));
    }

    /** Who asks for a removal knows of the hold: what is held goes on being so where it lies now. */
    private void passHold(Segment from, @Nullable Segment to) {
        PayloadLocks locks = payloads.locks().orElse(null);
        if (locks != null && to != null && locks.isHeld(from.key())) {
            locks.hold(to.key(), true);
            locks.hold(from.key(), false);
        }
    }

    private Segment keep(Segment segment, List<CatalogEntry> staying) throws IOException {
        return segment.isRows() ? rowsOf.store(segment, staying) : rewrite.store(segment, staying);
    }

    private static List<CatalogEntry> without(List<CatalogEntry> records, List<CatalogEntry> staying) {
        Set<SessionId> ids =
                staying.stream().map(record -> record.summary().id()).collect(Collectors.toSet());
        return records.stream()
                .filter(record -> !ids.contains(record.summary().id()))
                .toList();
    }

    @Override
    public @Nullable Lock lock(Segment segment) {
        PayloadLocks locks = payloads.locks().orElse(null);
        if (locks == null || payloads.length(segment.key()).isEmpty()) {
            return null;
        }
        return new Lock(locks.retainedUntil(segment.key()).orElse(null), locks.isHeld(segment.key()));
    }

    @Override
    public boolean canHold() {
        return payloads.locks().isPresent();
    }

    @Override
    public void hold(Segment segment, boolean held) {
        PayloadLocks locks = payloads.locks().orElse(null);
        if (locks != null && payloads.length(segment.key()).isPresent() && locks.isHeld(segment.key()) != held) {
            locks.hold(segment.key(), held);
        }
    }

    @Override
    public boolean hasOwnKey(Segment segment, SessionId id) {
        return reading(
                segment,
                () -> records(segment).stream()
                        .filter(record -> record.summary().id().equals(id))
                        .findFirst()
                        .map(record -> isOfOwnKey(record))
                        .orElse(false));
    }

    private boolean isOfOwnKey(CatalogEntry record) {
        return frameOf(record)
                .map(by -> keys.forReading(record.summary(), by.key()).isOfSessions())
                .orElse(false);
    }

    private Optional<FrameReader.Encryption> frameOf(CatalogEntry record) {
        FrameLocation place = record.location();
        FrameBytes bytes = (from, length) -> payloads.read(place.container(), place.offset() + from, length);
        try {
            SessionId id = record.summary().id();
            return Optional.ofNullable(
                    FrameReader.open(bytes, place.length(), id, keys).encryption());
        } catch (IOException e) {
            throw new StorageException(
                    "session " + record.summary().id() + " in " + place.container() + " at " + place.offset()
                            + " does not read, so its key cannot be destroyed: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void shred(Segment segment, SessionId id) {
        for (CatalogEntry record : records(segment)) {
            if (record.summary().id().equals(id)) {
                frameOf(record).ifPresent(by -> keys.shred(record.summary(), by.key(), by.record()));
            }
        }
    }

    @Override
    public void settle() {
        settle.run();
    }
}
