// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import dev.hansard.core.approval.codec.ApprovalCodec;
import dev.hansard.core.approval.seal.SealedCodec;
import dev.hansard.core.approval.seal.SealedRequest;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalCounts;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.ApprovalVault;
import dev.hansard.ports.approval.StoredApproval;
import dev.hansard.ports.exchange.CallCourier;
import dev.hansard.ports.exchange.CarriedResponse;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.ApprovalId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests that were approved after their callers had left, ends what is overdue, and keeps the vault in
 * order. {@link #tick} is called about twice a second by one thread; each request is sent on a thread of its own.
 */
public final class ApprovalCourier implements AutoCloseable {
    /** How often to be called. */
    public static final Duration TICK = Duration.ofMillis(500);

    private static final System.Logger LOG = System.getLogger(ApprovalCourier.class.getName());

    /** How many ticks lie between two looks at the vault. */
    private static final int TIDY_TICKS = 60;

    /** How long requests that are being sent may take to their end when the node stops. */
    private static final Duration END = Duration.ofSeconds(30);

    private final Works works;
    private final HoldingRoom room;
    private final ApprovalPolls polls;
    private final Stamps stamps;
    private final ApprovalLimits limits;
    private final Semaphore seats;
    private int ticks;
    private volatile boolean closed;

    /**
     * What it works with.
     *
     * @param resumption admits requests again
     * @param courier carries them
     */
    public record Works(ApprovalBook book, ApprovalVault vault, Resumption resumption, CallCourier courier) {}

    public ApprovalCourier(Works works, HoldingRoom room, ApprovalPolls polls, Stamps stamps, ApprovalLimits limits) {
        this.works = works;
        this.room = room;
        this.polls = polls;
        this.stamps = stamps;
        this.limits = limits;
        this.seats = new Semaphore(limits.sending());
    }

    /**
     * Once, before any request comes in: ends what a life of this node before has left and that nobody can go on with.
     * What was sealed goes on.
     */
    public void recover() {
        for (ApprovalState state : List.of(ApprovalState.PENDING, ApprovalState.APPROVED)) {
            ApprovalId after = null;
            do {
                List<StoredApproval> some = works.book().store().ofNode(stamps.node(), state, after);
                some.forEach(stored -> recover(ApprovalCodec.approval(stored)));
                after = some.isEmpty() ? null : some.getLast().id();
            } while (after != null);
        }
        tidy(stamps.now());
    }

    private void recover(Approval approval) {
        boolean isSealed = works.vault().has(approval.id(), ApprovalVault.Part.REQUEST);
        if (!approval.place().polled() || !isSealed) {
            withdraw(approval.id(), "The node stopped while the request waited on its connection.");
        }
    }

    /** Does what is due. */
    public void tick() {
        Instant now = stamps.now();
        expire(now);
        room.tick();
        for (StoredApproval stored : works.book().store().ofNode(stamps.node(), ApprovalState.APPROVED, null)) {
            Approval approval = ApprovalCodec.approval(stored);
            if (approval.place().polled() && !closed) {
                start(approval);
            }
        }
        if (ticks++ % TIDY_TICKS == 0) {
            tidy(now);
        }
    }

    private void expire(Instant now) {
        for (StoredApproval stored : works.book().store().overdue(now)) {
            Approval ended = works.book()
                    .change(
                            stored.id(),
                            before -> before.state().isOpen()
                                            && !now.isBefore(before.term().expiresAt())
                                    ? before.to(ApprovalState.EXPIRED, "")
                                    : null);
            if (ended != null) {
                works.vault().destroy(ended.id(), ApprovalVault.Part.REQUEST);
            }
        }
    }

    private void withdraw(ApprovalId id, String why) {
        works.book().change(id, before -> before.state().isOpen() ? before.to(ApprovalState.WITHDRAWN, why) : null);
        works.vault().destroy(id, ApprovalVault.Part.REQUEST);
    }

    private void start(Approval approval) {
        if (!seats.tryAcquire()) {
            return; // The next tick tries again.
        }
        if (!polls.begin(approval.id())) {
            seats.release();
            return;
        }
        Thread.ofVirtual().name("hansard-approved").start(() -> {
            try {
                send(approval);
            } finally {
                polls.end(approval.id());
                seats.release();
            }
        });
    }

    @SuppressWarnings("CatchingUnchecked") // Or else the next tick would try the same again, without end.
    private void send(Approval approval) {
        try {
            ByteBuffer sealed = works.vault().open(approval.id(), ApprovalVault.Part.REQUEST);
            if (sealed == null) {
                withdraw(approval.id(), "The held request is not there any more.");
                return;
            }
            send(approval, SealedCodec.request(approval.id(), sealed));
        } catch (StorageException e) {
            // The store or the disk may come back; until then the approval stays, as long as its time is not over.
            LOG.log(System.Logger.Level.WARNING, "approval {0} waits to be sent: {1}", approval.id(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "approval " + approval.id() + " could not be sent", e);
            withdraw(approval.id(), "The request could not be sent.");
        }
    }

    private void send(Approval approval, SealedRequest sealed) {
        var grant = new ResumedGrant(works.book(), approval.id(), sealed.key(), stamps);
        switch (works.resumption().resume(sealed, grant)) {
            case Resumption.NotResumed(Refusal refusal) -> {
                works.book().mismatched();
                withdraw(approval.id(), refusal.detail());
            }
            case Resumption.NotYet(Refusal refusal) ->
                // The next tick tries again, as long as its time is not over.
                LOG.log(System.Logger.Level.DEBUG, "approval {0} waits: {1}", approval.id(), refusal.detail());
            case Resumption.Resumed resumed -> {
                CarriedResponse response =
                        works.courier().carry(resumed.call(), resumed.head(), sealed.body(), limits.responseBytes());
                if (grant.isUsed()) {
                    keep(approval, response);
                } else {
                    works.book().mismatched();
                    withdraw(approval.id(), grant.reason());
                }
            }
        }
    }

    private void keep(Approval approval, @Nullable CarriedResponse response) {
        if (response != null) {
            String owner = HoldingRoom.owner(approval.request().caller());
            boolean isKept = works.vault()
                    .put(approval.id(), ApprovalVault.Part.RESPONSE, owner, SealedCodec.response(response));
            if (!isKept) {
                works.book().refusedForRoom();
                LOG.log(System.Logger.Level.WARNING, "the vault has no room for the response to {0}", approval.id());
            }
        }
        works.vault().destroy(approval.id(), ApprovalVault.Part.REQUEST);
    }

    /** Destroys what nobody may use any more, also after another node has ended it. */
    private void tidy(Instant now) {
        for (ApprovalId id : works.vault().list()) {
            if (room.isWaiting(id) || !polls.begin(id)) {
                continue;
            }
            try {
                tidy(id, now);
            } finally {
                polls.end(id);
            }
        }
    }

    private void tidy(ApprovalId id, Instant now) {
        Approval approval = works.book().find(id);
        if (approval == null || !approval.state().isOpen()) {
            works.vault().destroy(id, ApprovalVault.Part.REQUEST);
        }
        boolean isKept = approval != null
                && approval.state() == ApprovalState.USED
                && now.isBefore(approval.term().expiresAt().plus(limits.responseKept()));
        if (!isKept) {
            works.vault().destroy(id, ApprovalVault.Part.RESPONSE);
        }
    }

    public ApprovalCounts counts() {
        return new ApprovalCounts(
                works.book().ended(),
                works.book().requested(),
                works.book().mismatches(),
                works.book().full(),
                room.waiting(),
                works.vault().usedBytes());
    }

    /** Waits for what is being sent; what is not will be after the next start. */
    @Override
    public void close() {
        closed = true;
        try {
            if (!seats.tryAcquire(limits.sending(), END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "the node stops while approved requests are being sent");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
