// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.crypt.KeyErasure;
import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.StorageException;
import dev.hansard.storage.crypt.DataKey;
import dev.hansard.storage.crypt.DataKeys;
import dev.hansard.storage.crypt.KeyLabel;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of a spool's frames, or that it has none: then it writes clear frames, and reads no others. */
final class FrameKeys {
    static final FrameKeys NONE = new FrameKeys(null);

    private static final Logger LOG = System.getLogger(FrameKeys.class.getName());

    private final @Nullable DataKeys keys;

    private FrameKeys(@Nullable DataKeys keys) {
        this.keys = keys;
    }

    static FrameKeys open(@Nullable KeyWrapper wrapper, Disk disk, PayloadStore payloads, Sources sources)
            throws IOException {
        return open(new SpoolStores.Encryption(wrapper, false), disk, payloads, sources);
    }

    static FrameKeys open(SpoolStores.Encryption encryption, Disk disk, PayloadStore payloads, Sources sources)
            throws IOException {
        KeyWrapper wrapper = encryption.wrapper();
        if (wrapper != null) {
            var around = new DataKeys.Around(sources.clock(), sources.nanos(), sources.random());
            return new FrameKeys(DataKeys.open(wrapper, disk, payloads, around, encryption.perSession()));
        }
        if (DataKeys.areOn(disk)) {
            LOG.log(
                    Level.WARNING,
                    "Sessions were encrypted here, but storage.encryption is gone: new ones are stored in clear, and"
                            + " the encrypted ones cannot be read until it is put back");
        }
        return NONE;
    }

    /** The key that a session is encrypted by; null when it is stored in clear. */
    @Nullable
    DataKey forWriting(Session session) {
        return keys == null
                ? null
                : keys.forWriting(KeyLabel.of(session.service(), session.retention(), session.startedAt()));
    }

    DataKey forReading(SessionSummary summary, long id) {
        return forReading("session " + summary.id(), labelOf(summary), id);
    }

    /** The key of what a segment says of its sessions. */
    DataKey forReading(Segment segment, long id) {
        KeyLabel label = KeyLabel.of(segment.service(), segment.retention(), segment.hour());
        return forReading("index of " + segment.key(), label, id);
    }

    private DataKey forReading(String what, KeyLabel label, long id) {
        if (keys == null) {
            throw new StorageException(what + " is encrypted by a data key of " + label
                    + ", but storage.encryption is not configured; put it back as it was");
        }
        return keys.forReading(label, id);
    }

    private static KeyLabel labelOf(SessionSummary summary) {
        return KeyLabel.of(summary.service(), summary.retention(), summary.startedAt());
    }

    /**
     * Destroys the key that one session alone is encrypted by.
     *
     * @param record the number of one of its records under that data key
     * @return false when it shares its key with others
     */
    boolean shred(SessionSummary summary, long id, long record) {
        return keys != null && keys.shred(labelOf(summary), id, record);
    }

    void publish(Collection<Long> ids) throws IOException {
        if (keys != null) {
            for (long id : ids) {
                keys.publish(id);
            }
        }
    }

    void tidy() throws IOException {
        if (keys != null) {
            keys.tidy();
        }
    }

    /** What destroys them; empty without encryption. */
    Optional<KeyErasure> erasure() {
        return Optional.ofNullable(keys);
    }

    String trouble() {
        return keys == null ? "" : keys.trouble();
    }
}
