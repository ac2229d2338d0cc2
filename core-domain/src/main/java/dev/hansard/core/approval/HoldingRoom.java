// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import dev.hansard.core.approval.codec.ApprovalCodec;
import dev.hansard.core.approval.digest.DigestKey;
import dev.hansard.core.approval.digest.RequestDigest;
import dev.hansard.core.approval.digest.SendProof;
import dev.hansard.core.approval.rule.ApprovalRules;
import dev.hansard.core.approval.rule.MergedTerms;
import dev.hansard.core.approval.rule.WaitPreference;
import dev.hansard.core.approval.seal.SealedCodec;
import dev.hansard.core.approval.seal.SealedRequest;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.ApprovalVault;
import dev.hansard.ports.approval.StoredApproval;
import dev.hansard.ports.exchange.Admission;
import dev.hansard.ports.exchange.CallerWatch;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where requests wait on their connections until people have decided, or it is time to leave. A request that waits
 * holds its thread, which is parked, and its content in memory; one whose caller has left holds a row and a sealed
 * file. Safe for any number of threads.
 */
public final class HoldingRoom implements Holding {
    private static final System.Logger LOG = System.getLogger(HoldingRoom.class.getName());
    private static final Refusal GONE =
            new Refusal(408, "caller_gone", "The caller went away while its request waited for an approval.");

    private final ApprovalBook book;
    private final ApprovalVault vault;
    private final MaskedView view;
    private final Stamps stamps;
    private final ApprovalPolls polls;
    private final Waiters waiters;

    public HoldingRoom(
            ApprovalBook book,
            ApprovalVault vault,
            MaskedView view,
            Stamps stamps,
            ApprovalPolls polls,
            ApprovalLimits limits) {
        this.book = book;
        this.vault = vault;
        this.view = view;
        this.stamps = stamps;
        this.polls = polls;
        this.waiters = new Waiters(limits);
        book.watch(approval -> waiters.changed(approval.id()));
    }

    /** How many wait now. */
    public int waiting() {
        return waiters.count();
    }

    /** Looks whose time is over, and what other nodes have decided. */
    void tick() {
        waiters.tick(book.store(), stamps.now());
    }

    /** Whether a request waits here on its connection. */
    boolean isWaiting(ApprovalId id) {
        return waiters.isWaiting(id);
    }

    /** From here on nobody waits: whoever does is told where to ask later on. */
    public void close() {
        waiters.close();
    }

    @Override
    public Admission poll(Caller caller, String method, String id) {
        return polls.poll(caller, method, id);
    }

    @Override
    public Verdict ask(HeldCall held, CallerWatch caller) {
        try {
            return asked(held, caller);
        } catch (StorageException e) {
            LOG.log(System.Logger.Level.WARNING, "an approval could not be stored: {0}", e.getMessage());
            return new Stopped(ApprovalAnswers.UNAVAILABLE, null);
        }
    }

    private Verdict asked(HeldCall held, CallerWatch caller) {
        MergedTerms terms = MergedTerms.of(held.asking());
        DigestKey key = stamps.key();
        String digest = digest(key, held);
        Approval standing = terms.window() == null ? null : standing(held, terms);
        if (standing != null) {
            book.repeated(standing, held);
            return new Granted(standing.id(), proof(key, digest, held));
        }
        var request = new Request(held, key, begun(held, terms, digest));
        if (!hasRoomForVotes(request.begun)) {
            return new Stopped(ApprovalAnswers.TOO_LARGE, null);
        }
        WaitPreference preference = WaitPreference.of(held.sent().fields());
        Duration hold = preference.hold(terms.hold());
        Waiters.Waiter waiter = hold.isZero()
                ? null
                : waiters.enter(
                        request.begun.id(),
                        held.bound().caller(),
                        request.begun.term().createdAt().plus(hold));
        if (waiter == null) {
            return parkedAtOnce(request, preference.async());
        }
        try {
            caller.whenGone(() -> waiter.wake(Waiters.Wake.GONE));
            book.begin(request.begun, held.received().callerAddress());
            return await(request, waiter);
        } finally {
            waiters.leave(waiter);
        }
    }

    private static boolean hasRoomForVotes(Approval begun) {
        try {
            return ApprovalCodec.stored(begun).document().remaining() <= StoredApproval.MOST_BYTES / 2;
        } catch (InvalidValueException _) {
            return false; // It is even too long to be stored without any.
        }
    }

    /** A request, with what only this node knows of it. */
    private record Request(HeldCall held, DigestKey key, Approval begun) {
        ApprovalId id() {
            return begun.id();
        }
    }

    private static String digest(DigestKey key, HeldCall held) {
        long length = held.body() == null ? 0 : held.body().length();
        return RequestDigest.of(key, held.bound(), held.sent(), length, MaskedView.digest(held));
    }

    private SendProof.Terms proof(DigestKey key, String digest, HeldCall held) {
        return new SendProof.Terms(key, digest, held.facts(), book::mismatched);
    }

    private Approval begun(HeldCall held, MergedTerms terms, String digest) {
        Instant now = stamps.now();
        var request = view.of(held, now);
        // What masking has changed cannot be compared with the path of a later request.
        boolean isPlain = Paths.of(request.target()).equals(Paths.of(held.sent().target()));
        long window = terms.window() == null || !isPlain ? 0 : terms.window().toSeconds();
        return new Approval(
                stamps.next(),
                1,
                ApprovalState.PENDING,
                request,
                terms.message(),
                terms.requirements(),
                held.bound().policies(),
                digest,
                List.of(),
                new Approval.Term(
                        now,
                        now.plus(terms.expires()),
                        window,
                        null,
                        now.plus(view.kept(held, now)).plus(terms.expires())),
                new Approval.Place(stamps.node(), false, held.session(), null),
                "");
    }

    /** One by which the caller may repeat this: of the same policies, as they were, for the same method and path. */
    private @Nullable Approval standing(HeldCall held, MergedTerms terms) {
        Caller caller = held.bound().caller();
        Instant now = stamps.now();
        for (StoredApproval stored :
                book.store().standing(held.bound().service(), caller.provider(), caller.subject(), now)) {
            Approval approval = ApprovalCodec.approval(stored);
            if (approval.standsAt(now)
                    && approval.policies().equals(terms.policies())
                    && approval.policyVersion().equals(held.bound().policies())
                    && approval.request().caller().actors().equals(caller.actors())
                    && approval.request().method().equals(held.sent().method())
                    && Paths.of(approval.request().target())
                            .equals(Paths.of(held.sent().target()))) {
                return approval;
            }
        }
        return null;
    }

    private Verdict await(Request request, Waiters.Waiter waiter) {
        while (true) {
            switch (waiter.await()) {
                case GONE -> {
                    book.change(
                            request.id(),
                            before -> before.state().isOpen()
                                    ? before.to(ApprovalState.WITHDRAWN, "The caller went away.")
                                    : null);
                    return new Stopped(GONE, request.id());
                }
                case HOLD_OVER, CLOSING -> {
                    return parked(request);
                }
                case CHANGED -> {
                    Verdict verdict = settled(request);
                    if (verdict != null) {
                        return verdict;
                    }
                }
            }
        }
    }

    /** What has been decided; null when nothing has. */
    private @Nullable Verdict settled(Request request) {
        Approval used = book.change(request.id(), before -> used(before, null, stamps.now()));
        if (used != null) {
            return new Granted(
                    request.id(), proof(request.key(), request.begun().digest(), request.held()));
        }
        Approval now = book.find(request.id());
        if (now == null) {
            return new Stopped(ApprovalAnswers.UNAVAILABLE, request.id());
        }
        return switch (now.state()) {
            case PENDING, APPROVED -> null;
            case DENIED, EXPIRED, WITHDRAWN -> new Stopped(ApprovalAnswers.stopped(now, true), request.id());
            case USED, COLLECTED -> throw new IllegalStateException("approval " + now.id() + " was used by another");
        };
    }

    /** The next version of one that is used now; null when it cannot be. */
    static @Nullable Approval used(Approval before, @Nullable SessionId sentAs, Instant now) {
        if (before.state() != ApprovalState.APPROVED || !ApprovalRules.isOpen(before, now)) {
            return null;
        }
        return before.to(ApprovalState.USED, "").usedAt(now, sentAs);
    }

    private Verdict parkedAtOnce(Request request, boolean isAsked) {
        Approval polled = request.begun().polledFromTheStart();
        if (!seal(request)) {
            book.refusedForRoom();
            return new Stopped(ApprovalAnswers.VAULT_FULL, null);
        }
        try {
            book.begin(polled, request.held().received().callerAddress());
        } catch (StorageException e) {
            vault.destroy(request.id(), ApprovalVault.Part.REQUEST);
            throw e;
        }
        return parked(polled, isAsked);
    }

    private static Verdict parked(Approval approval, boolean isAsked) {
        return new Parked(
                ApprovalAnswers.parked(approval),
                ApprovalAnswers.waiting(approval, approval.state().word(), isAsked),
                approval.id());
    }

    /** The caller has waited for as long as it may; what has been decided in this moment still counts. */
    private Verdict parked(Request request) {
        Verdict settled = settled(request);
        if (settled != null) {
            return settled;
        }
        if (!seal(request)) {
            book.refusedForRoom();
            book.change(
                    request.id(),
                    before -> before.state().isOpen()
                            ? before.to(ApprovalState.WITHDRAWN, "There was no room to keep the request any longer.")
                            : null);
            return new Stopped(ApprovalAnswers.VAULT_FULL, request.id());
        }
        Approval polled = book.change(
                request.id(),
                before -> before.state().isOpen() ? before.at(before.place().left()) : null);
        if (polled != null) {
            return parked(polled, false);
        }
        vault.destroy(request.id(), ApprovalVault.Part.REQUEST);
        Verdict closed = settled(request);
        return closed == null ? new Stopped(ApprovalAnswers.UNAVAILABLE, request.id()) : closed;
    }

    private boolean seal(Request request) {
        HeldCall held = request.held();
        var sealed = new SealedRequest(
                request.key(),
                held.bound().caller(),
                held.bound().listener(),
                held.bound().secure(),
                held.sent().method(),
                held.received(),
                held.body());
        return vault.put(
                request.id(), ApprovalVault.Part.REQUEST, owner(held.bound().caller()), SealedCodec.request(sealed));
    }

    /** In a spelling that no two callers share. */
    static String owner(Caller caller) {
        return caller.provider().length() + ":" + caller.provider() + ":" + caller.subject();
    }
}
