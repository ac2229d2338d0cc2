// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import dev.hansard.core.ledger.note.Checkpoint;
import dev.hansard.core.ledger.note.LedgerKey;
import dev.hansard.core.ledger.note.SignedNote;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.ledger.LedgerEntry.Event;
import dev.hansard.ports.ledger.LedgerEntry.EventKind;
import dev.hansard.ports.ledger.LedgerEntry.Range;
import dev.hansard.ports.ledger.LedgerEntry.Session;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.SimulatedDisk;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A node's ledger on a disk and a store in memory. */
public final class LedgerScene {
    public static final NodeName NODE = new NodeName("node-1");
    public static final LedgerKey KEY = LedgerKey.of(LedgerKey.make(PublishedLedger.originOf(NODE)));
    public static final Duration EVERY = Duration.ofSeconds(10);

    public final SimulatedDisk disk = new SimulatedDisk(1);
    public final InMemoryPayloadStore store = new InMemoryPayloadStore();
    public final PublishedLedger published = new PublishedLedger(store, NODE);
    public final AtomicLong nanos = new AtomicLong();

    public MerkleLedger open() {
        return open(disk);
    }

    public MerkleLedger open(Disk on) {
        return new MerkleLedger(on, published, KEY, nanos::get, EVERY);
    }

    public static Session session(long sequence) {
        return session(sequence, new Hash(sequence, 2, 3, 4));
    }

    public static Session session(long sequence, Hash frame) {
        return new Session(NODE, id(sequence), sequence, true, Durability.STRICT, new ServiceName("payments"), frame);
    }

    public static SessionId id(long sequence) {
        return new SessionId(0x0190_163D_8694_7000L, Long.MIN_VALUE | sequence);
    }

    public static List<Session> sessions(long first, long last) {
        var sessions = new ArrayList<Session>();
        for (long sequence = first; sequence <= last; sequence++) {
            sessions.add(session(sequence));
        }
        return sessions;
    }

    /** The place behind the record with this sequence, were each 100 bytes long. */
    public static SpoolPosition behind(long sequence) {
        return new SpoolPosition(1, 100 * sequence);
    }

    public static Event deletion(long first, long last) {
        return new Event(
                NODE,
                EventKind.DELETION,
                Instant.EPOCH,
                "",
                "retention",
                "payments/default",
                "",
                List.of(new Range(first, last)));
    }

    public Checkpoint newest() {
        long size = published.newest().orElseThrow();
        return Checkpoint.parse(SignedNote.parse(published.checkpoint(size)).text());
    }
}
