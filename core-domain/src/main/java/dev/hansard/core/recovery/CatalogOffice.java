// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.recovery;

import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.recovery.CatalogDesk;
import dev.hansard.ports.recovery.CatalogRebuild;
import dev.hansard.ports.recovery.CatalogRebuild.State;
import dev.hansard.ports.session.StorageException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Has the catalog of this node made again, one time after the other. */
public final class CatalogOffice implements CatalogDesk {
    private static final String CATALOG = "catalog";

    private final Auditor auditor;
    private final Work work;
    private final Executor threads;
    private CatalogRebuild state = CatalogRebuild.NEVER;

    /**
     * @param threads runs the work beside whoever asks for it
     */
    public CatalogOffice(Auditor auditor, Work work, Executor threads) {
        this.auditor = auditor;
        this.work = work;
        this.threads = threads;
    }

    /** Makes the catalog again; in the thread that asks. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does it to the end.
         *
         * @param told how far it is
         * @throws StorageException when it breaks off
         */
        CatalogRebuild run(Consumer<CatalogRebuild> told);
    }

    @Override
    public CatalogRebuild begin(Visitor visitor) {
        auditor.require(visitor, Permission.RECOVER, CATALOG);
        if (now().state() != State.RUNNING) {
            auditor.does(visitor, AuditAction.CATALOG_REBUILT, CATALOG, null);
        }
        return begin();
    }

    /** The same when the node itself has to bring an earlier one to its end. */
    public CatalogRebuild begin() {
        synchronized (this) {
            if (state.state() == State.RUNNING) {
                return state;
            }
            state = CatalogRebuild.running(0, 0, 0);
        }
        threads.execute(this::run);
        return now();
    }

    @SuppressWarnings("CatchingUnchecked") // Whatever ends it, it must not be shown as running for ever.
    private void run() {
        try {
            tell(work.run(this::tell));
        } catch (RuntimeException e) {
            boolean isKnown = e instanceof StorageException;
            tell(now().brokenOff(isKnown ? String.valueOf(e.getMessage()) : e.toString()));
            if (!isKnown) {
                throw e;
            }
        }
    }

    private synchronized void tell(CatalogRebuild now) {
        state = now;
    }

    private synchronized CatalogRebuild now() {
        return state;
    }

    @Override
    public CatalogRebuild state(Visitor visitor) {
        auditor.require(visitor, Permission.RECOVER, CATALOG);
        return now();
    }
}
