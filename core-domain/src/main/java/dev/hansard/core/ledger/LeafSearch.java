// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import dev.hansard.core.ledger.tree.TileId;
import dev.hansard.ports.ledger.LedgerEntry;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.InvalidValueException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Finds the leaf of a record in a published ledger. Leaves of records are in the order of their sequences, with a few
 * other leaves between: so a leaf is never far from its sequence, and nothing has to be kept to find it. Each guess
 * reads one bundle; the first is most often right.
 */
final class LeafSearch {
    private final PublishedLedger published;
    private final long size;

    LeafSearch(PublishedLedger published, long size) {
        this.published = published;
        this.size = size;
    }

    /** Index of the leaf with this sequence; empty when there is none. */
    OptionalLong indexOf(long sequence) {
        long low = 0;
        long high = (size + TileId.WIDTH - 1) / TileId.WIDTH - 1;
        long guess = Math.clamp((sequence - 1) / TileId.WIDTH, 0, Math.max(0, high));
        while (low <= high) {
            TileId bundle = TileId.holding(TileId.ENTRIES, guess * TileId.WIDTH, size);
            List<LedgerEntry> entries = entries(bundle);
            long first = sequenceAt(entries, 0, 1);
            long last = sequenceAt(entries, entries.size() - 1, -1);
            if (first == 0) {
                return slowly(sequence);
            }
            if (sequence >= first && sequence <= last) {
                return within(entries, bundle, sequence);
            }
            if (sequence < first) {
                high = guess - 1;
            } else {
                low = guess + 1;
            }
            guess = next(guess, sequence < first ? sequence - first : sequence - last, low, high);
        }
        return OptionalLong.empty();
    }

    /** Sequence of the last record; 0 when there is none. */
    long lastSequence() {
        long last = 0;
        for (long first = (size - 1) / TileId.WIDTH * TileId.WIDTH; first >= 0 && last == 0; first -= TileId.WIDTH) {
            List<LedgerEntry> entries = entries(TileId.holding(TileId.ENTRIES, first, size));
            last = sequenceAt(entries, entries.size() - 1, -1);
        }
        return last;
    }

    /** As many bundles away as it is sequences away; by halves would be sure, this is quick, and both end. */
    private static long next(long guess, long away, long low, long high) {
        long step = away / TileId.WIDTH + Long.signum(away);
        return Math.clamp(guess + step, low, Math.max(low, high));
    }

    /** Bundles without any record are rare: events by the hundred. */
    private OptionalLong slowly(long sequence) {
        for (long first = 0; first < size; first += TileId.WIDTH) {
            TileId bundle = TileId.holding(TileId.ENTRIES, first, size);
            OptionalLong found = within(entries(bundle), bundle, sequence);
            if (found.isPresent()) {
                return found;
            }
        }
        return OptionalLong.empty();
    }

    private List<LedgerEntry> entries(TileId bundle) {
        try {
            return published.entries(bundle).stream().map(EntryCodec::decode).toList();
        } catch (InvalidValueException e) {
            throw new StorageException("a leaf of " + bundle.path() + " does not read; run `hansard verify`", e);
        }
    }

    /** Sequence of the first record from there on in that direction; 0 when there is none. */
    private static long sequenceAt(List<LedgerEntry> entries, int from, int step) {
        for (int i = from; i >= 0 && i < entries.size(); i += step) {
            if (entries.get(i) instanceof LedgerEntry.Session session) {
                return session.sequence();
            }
        }
        return 0;
    }

    private static OptionalLong within(List<LedgerEntry> entries, TileId bundle, long sequence) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof LedgerEntry.Session session && session.sequence() == sequence) {
                return OptionalLong.of(bundle.first() + i);
            }
        }
        return OptionalLong.empty();
    }
}
