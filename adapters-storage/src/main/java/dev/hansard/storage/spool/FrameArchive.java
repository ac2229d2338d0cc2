// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionArchive;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.SessionId;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads sessions from wherever the catalog says they lie. A session can be sealed between the look into the catalog
 * and the one into the spool: then its spool file is gone, and the catalog is asked once more.
 */
final class FrameArchive implements SessionArchive {
    private final SessionCatalog catalog;
    private final SpoolFiles files;
    private final PayloadStore payloads;
    private final FrameKeys keys;
    private final NodeName node;
    private final Duration sealAfter;

    /**
     * Reads for one node.
     *
     * @param node whose spool it is: what lies in another one's cannot be read
     * @param sealAfter how soon nodes share what lies in their spools
     */
    FrameArchive(SpoolStores stores, SpoolFiles files, FrameKeys keys, NodeName node, Duration sealAfter) {
        this.keys = keys;
        this.catalog = stores.catalog();
        this.files = files;
        this.payloads = stores.payloads();
        this.node = node;
        this.sealAfter = sealAfter;
    }

    /** What to do with an open frame. */
    private interface Use<T> {
        T of(Frame frame) throws IOException;
    }

    /** A frame, and the file that has to stay open for it. */
    private record Frame(FrameReader reader, Disk.@Nullable File file) {
        void close() throws IOException {
            if (file != null) {
                file.close();
            }
        }
    }

    @Override
    public Optional<Session> find(SessionId id) {
        return read(id, frame -> {
            try {
                return frame.reader().session();
            } finally {
                frame.close();
            }
        });
    }

    @Override
    public Optional<InputStream> openBody(SessionId id, Direction direction) {
        return read(id, frame -> {
            try {
                return new Closing(frame.reader().body(direction), frame);
            } catch (IOException | StorageException e) {
                frame.close();
                throw e;
            }
        });
    }

    @Override
    public Optional<StoredRecord> openRecord(SessionId id) {
        return read(id, frame -> {
            try {
                return new StoredRecord(
                        frame.reader().head().sequence(),
                        new Closing(frame.reader().all(), frame));
            } catch (IOException | StorageException e) {
                frame.close();
                throw e;
            }
        });
    }

    private <T> Optional<T> read(SessionId id, Use<T> use) {
        Optional<CatalogEntry> entry = catalog.find(id);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        FrameLocation location = entry.get().location();
        requireHere(entry.get());
        requireRecord(entry.get());
        try {
            return Optional.of(use.of(open(id, location)));
        } catch (IOException | StorageException first) {
            FrameLocation now = catalog.find(id)
                    .map(FrameArchive::requireRecord)
                    .map(CatalogEntry::location)
                    .orElse(location);
            if (now.equals(location)) {
                throw unreadable(id, location, first);
            }
            try {
                return Optional.of(use.of(open(id, now)));
            } catch (IOException | StorageException second) {
                throw unreadable(id, now, second);
            }
        }
    }

    /** Numbers of spool files are each node's own: the same name may stand for another file here. */
    private void requireHere(CatalogEntry entry) {
        NodeName owner = entry.summary().node();
        if (SpoolFiles.isContainer(entry.location().container()) && !owner.equals(node)) {
            throw StorageException.elsewhere(
                    "session " + entry.summary().id() + " is still in the spool of " + owner
                            + "; see that it runs, or adopt its spool",
                    new StorageException.Elsewhere(owner, sealAfter));
        }
    }

    private static CatalogEntry requireRecord(CatalogEntry entry) {
        if (Segment.isRows(entry.location().container())) {
            throw StorageException.removed(entry.summary());
        }
        return entry;
    }

    private static StorageException unreadable(SessionId id, FrameLocation location, Exception cause) {
        return new StorageException(
                "session " + id + " cannot be read from " + location.container() + " at " + location.offset() + ": "
                        + cause.getMessage(),
                cause);
    }

    private Frame open(SessionId id, FrameLocation location) throws IOException {
        if (!SpoolFiles.isContainer(location.container())) {
            FrameBytes bytes = (from, length) -> payloads.read(location.container(), location.offset() + from, length);
            return new Frame(FrameReader.open(bytes, location.length(), id, keys), null);
        }
        long number = files.find(location.container())
                .orElseThrow(() -> new NoSuchFileException(location.container()))
                .number();
        Disk.File file = files.open(number);
        try {
            var frame = new FileFrame(file, location.offset());
            return new Frame(FrameReader.open(frame, location.length(), id, keys), file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Closes the spool file with the content. */
    private static final class Closing extends FilterInputStream {
        private final Frame frame;

        Closing(InputStream in, Frame frame) {
            super(in);
            this.frame = frame;
        }

        @Override
        public void close() throws IOException {
            super.close();
            frame.close();
        }
    }
}
