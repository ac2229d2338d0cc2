// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.ledger.LedgerEntry;
import dev.hansard.ports.ledger.RecordLedger;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.StorageException;
import dev.hansard.storage.spool.BackgroundLoop.Outcome;
import dev.hansard.storage.spool.FrameScanner.Found;
import dev.hansard.storage.spool.SpoolFiles.Known;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Enters each durable record in the ledger, in the order of the spool, with a hash of its bytes as the disk gives them.
 * It is a reader of its own beside the indexer: so no caller waits for a hash, and a ledger or a catalog that fails
 * does not hold up the other. No spool file goes before its records are entered for good. A platform thread runs
 * {@link #run}; a simulation calls {@link #step} itself.
 */
final class LedgerFeed implements AutoCloseable {
    private static final Logger LOG = System.getLogger(LedgerFeed.class.getName());
    private static final int BATCH = 500;
    /** Leaves can wait, and each look costs. */
    private static final BackgroundLoop.Pace PACE = new BackgroundLoop.Pace(50, 500, 500, 30_000);

    private final BackgroundLoop loop = new BackgroundLoop("records cannot be entered in the ledger", PACE, this::turn);
    private final RecordLedger ledger;
    private final SpoolCursor cursor;
    private final MessageDigest sha256 = sha256();
    private volatile boolean wanted;
    private Runnable entered = () -> {};

    LedgerFeed(SpoolFiles files, RecordLedger ledger) {
        this.ledger = ledger;
        cursor = new SpoolCursor(files);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What to run when more is entered for good. */
    void onEntered(Runnable action) {
        entered = action;
    }

    void wake() {
        loop.wake();
    }

    /** Somebody waits for what there is to be entered for good. */
    void hurry() {
        wanted = true;
        loop.wake();
    }

    /** Runs until {@link #finish}, and then until all is entered or the ledger fails. */
    void run() {
        loop.run();
    }

    /** One batch or one commit. */
    private Outcome turn(boolean last) throws IOException {
        try {
            int count = step();
            if (count < 0 && (wanted || last)) {
                commit();
            } else {
                commitWhenDue();
            }
            if (count < 0) {
                return Outcome.NOTHING;
            }
            return count < BATCH && !wanted ? Outcome.LITTLE : Outcome.MORE;
        } catch (IOException | RuntimeException e) {
            cursor.forget();
            throw e;
        }
    }

    private void commitWhenDue() {
        if (ledger.isDue()) {
            commit();
        }
    }

    /** Enters for good what was read. */
    void commit() {
        wanted = false;
        ledger.commit();
        entered.run();
    }

    /**
     * Reads one batch.
     *
     * @return how many records; -1 when there is nothing more for now
     */
    int step() throws IOException {
        SpoolCursor.@Nullable Reading now = cursor.from(ledger.position());
        if (now == null) {
            return -1;
        }
        var batch = new ArrayList<LedgerEntry.Session>();
        Found found = null;
        while (batch.size() < BATCH && (found = now.scanner().next()) != null) {
            if (found.head().kind().isRecord()) {
                enter(batch, now.scanner(), found);
            }
        }
        try {
            ledger.append(List.copyOf(batch), now.upTo());
        } catch (StorageException e) {
            cursor.forget();
            throw e;
        }
        return batch.size();
    }

    private void enter(List<LedgerEntry.Session> batch, FrameScanner scanner, Found found) throws IOException {
        FrameHead head = found.head();
        try {
            SessionSummary summary = scanner.summary(found);
            scanner.digest(found, sha256);
            batch.add(new LedgerEntry.Session(
                    summary.node(),
                    head.id(),
                    head.sequence(),
                    head.kind() == FrameKind.COMPLETE,
                    summary.durability(),
                    summary.service(),
                    Hash.of(sha256.digest())));
        } catch (StorageException e) {
            // As the indexer: the others must not wait. The ledger shows a gap in its place.
            LOG.log(Level.ERROR, "The summary of {0} cannot be read; the ledger has a gap for it", head.id());
        }
    }

    /** Whether all of a closed file is entered for good. */
    boolean hasEntered(Known file) {
        return SpoolCursor.isPast(ledger.covered(), file);
    }

    /** What is wrong; empty when nothing is. */
    String trouble() {
        return loop.trouble().isEmpty() ? ledger.trouble() : loop.trouble();
    }

    /** Asks {@link #run} to end once all is entered. */
    void finish() {
        loop.finish();
    }

    @Override
    public void close() {
        cursor.close();
    }
}
