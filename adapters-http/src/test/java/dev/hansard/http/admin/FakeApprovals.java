// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalDesk;
import dev.hansard.ports.approval.ApprovalFeed;
import dev.hansard.ports.approval.ApprovalLinks;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.AskedRequest;
import dev.hansard.ports.approval.Requirement;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.NotAllowedException;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.session.MaskStatus;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Approvals in memory that everybody may decide on; {@link #LINK} leads to the first of them. */
final class FakeApprovals implements ApprovalDesk, ApprovalFeed, ApprovalLinks {
    static final String DIGEST = "0123456789abcdef".repeat(4);
    static final String LINK = "L".repeat(82);

    /** What was decided: id, verdict, comment and digest. */
    final List<String> decisions = new CopyOnWriteArrayList<>();

    final LinkedBlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final Map<ApprovalId, Approval> approvals = new ConcurrentSkipListMap<>(Comparator.reverseOrder());
    volatile @Nullable Refusal objection;

    /** A request that waits, with content and a target that a page must not take for its own. */
    static Approval waiting(int number) {
        var request = new AskedRequest(
                new ServiceName("payments"),
                new Caller("workloads", "billing<b>", List.of("shop"), List.of("ann")),
                "edge",
                "POST",
                "pay.test",
                "/v1/refunds?x=<script>alert(1)</script>\u00e2\u0080\u00ae",
                List.of(new Field("X-Note", "\"><img src=x onerror=alert(1)>")),
                28,
                ByteBuffer.wrap("{\"note\":\"</pre><script>\u202e\"}".getBytes(StandardCharsets.UTF_8)),
                MaskStatus.MASKED,
                null,
                List.of("http://up.test"));
        return new Approval(
                new ApprovalId(0x0190_0000_0000_7000L + number, 0x8000_0000_0000_0001L),
                1,
                ApprovalState.PENDING,
                request,
                "Refunds above 1000 need <two>.",
                List.of(new Requirement("big", List.of("leads"), 2)),
                "v1",
                DIGEST,
                List.of(),
                new Approval.Term(
                        FakeDesks.NOON, FakeDesks.NOON.plus(Duration.ofMinutes(15)), 60, null, FakeDesks.NOON),
                new Approval.Place(
                        new NodeName("node-a"),
                        false,
                        new SessionId(0x0190_0000_0000_7000L, 0x8000_0000_0000_0002L),
                        null),
                "");
    }

    Approval add(Approval approval) {
        approvals.put(approval.id(), approval);
        return approval;
    }

    /** Everything changes at once. */
    void tell(boolean isComplete, Approval... changed) {
        for (Approval approval : changed) {
            add(approval);
        }
        news.add(new News(List.of(changed), 1, isComplete));
    }

    @Override
    public List<Approval> list(Visitor visitor, Set<ApprovalState> states, @Nullable ApprovalId before, int limit) {
        return approvals.values().stream()
                .filter(approval -> states.isEmpty() || states.contains(approval.state()))
                .filter(approval -> before == null || approval.id().compareTo(before) < 0)
                .limit(limit)
                .map(Approval::withoutContent)
                .toList();
    }

    @Override
    public @Nullable Approval show(Visitor visitor, ApprovalId id) {
        return approvals.get(id);
    }

    @Override
    public @Nullable Refusal objection(Visitor visitor, Approval approval) {
        return objection;
    }

    @Override
    public Approval decide(Visitor visitor, ApprovalId id, Vote.Verdict verdict, String comment, String digest) {
        Approval before = approvals.get(id);
        if (before == null) {
            throw new NotAllowedException(new Refusal(404, "no_approval", "None."));
        }
        if (!digest.equals(before.digest())) {
            throw new NotAllowedException(new Refusal(409, "approval_changed", "Look again."));
        }
        decisions.add(id + " " + verdict + " " + comment + " " + digest);
        Caller who = visitor.access().who();
        var vote = new Vote(who.provider(), who.subject(), verdict, comment, FakeDesks.NOON, List.of("big"));
        return add(before.voted(vote, verdict == Vote.Verdict.DENY ? ApprovalState.DENIED : before.state()));
    }

    @Override
    public long position() {
        return 0;
    }

    @Override
    public News after(Visitor visitor, long position, Duration patience) {
        try {
            News next = news.poll(Math.min(50, patience.toMillis()), TimeUnit.MILLISECONDS);
            return next == null ? new News(List.of(), position, true) : next;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new News(List.of(), position, true);
        }
    }

    @Override
    public Approval open(Visitor visitor, String link) {
        if (!link.equals(LINK) || approvals.isEmpty()) {
            throw new NotAllowedException(new Refusal(404, "no_such_link", "It leads <nowhere>."));
        }
        return approvals.values().iterator().next();
    }

    @Override
    public Approval decide(Visitor visitor, String link, Vote.Verdict verdict, String comment, String digest) {
        return decide(visitor, open(visitor, link).id(), verdict, comment, digest);
    }
}
