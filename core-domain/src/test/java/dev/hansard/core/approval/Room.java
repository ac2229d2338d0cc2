// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import dev.hansard.core.approval.digest.Added;
import dev.hansard.core.approval.digest.BoundFacts;
import dev.hansard.core.approval.digest.SentRequest;
import dev.hansard.core.approval.rule.AnApproval;
import dev.hansard.core.approval.rule.People;
import dev.hansard.core.approval.seal.ReceivedRequest;
import dev.hansard.core.audit.Auditor;
import dev.hansard.core.id.SessionIds;
import dev.hansard.core.masking.RawExchange;
import dev.hansard.core.policy.Policy;
import dev.hansard.core.policy.When;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalDesk;
import dev.hansard.ports.approval.ApprovalStore;
import dev.hansard.ports.approval.ApprovalTerms;
import dev.hansard.ports.approval.InMemoryApprovalVault;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.audit.InMemoryAuditLog;
import dev.hansard.ports.exchange.CallCourier;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.policy.Action;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.session.MaskedExchange;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.RetentionClass;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/** A node's approvals on fakes, with a clock that is moved. */
final class Room {
    final AtomicReference<Instant> clock = new AtomicReference<>(AnApproval.NOON);
    final InMemoryAuditLog log = new InMemoryAuditLog();
    final List<Approval> told = Collections.synchronizedList(new ArrayList<>());
    final ApprovalBook book;
    final ApprovalPolls polls;
    final HoldingRoom room;
    final ApprovalDesk desk;
    final ApprovalCourier courier;
    final SessionIds ids;

    Room(NodeName node, ApprovalStore store, InMemoryApprovalVault vault, ApprovalLimits limits) {
        var auditor = new Auditor(log, clock::get, false);
        ids = new SessionIds(clock::get, new Random(node.value().hashCode()));
        var stamps = new Stamps(node, clock::get, ids, new Random(3));
        book = new ApprovalBook(store, auditor);
        book.watch((_, now) -> told.add(now));
        polls = new ApprovalPolls(book, vault, node);
        var view = new MaskedView(node, Room::shown, session -> session, _ -> Duration.ofDays(30));
        room = new HoldingRoom(book, vault, view, stamps, polls, limits);
        desk = new ApprovalOffice(book, People.UNKNOWN, auditor, clock::get);
        CallCourier nobody = (_, _, _, _) -> null;
        var works = new ApprovalCourier.Works(
                book, vault, (_, _) -> new Resumption.NotResumed(new Refusal(409, "no", "Not now.")), nobody);
        courier = new ApprovalCourier(works, room, polls, stamps, limits);
    }

    private static MaskedExchange shown(RawExchange raw) {
        return new MaskedExchange() {
            @Override
            public Session session() {
                return raw.session();
            }

            @Override
            public List<ByteBuffer> requestBody() {
                return raw.requestBody();
            }

            @Override
            public List<ByteBuffer> responseBody() {
                return List.of();
            }
        };
    }

    void pass(Duration time) {
        clock.updateAndGet(now -> now.plus(time));
    }

    /** A request without content. */
    HeldCall request(Caller caller, ApprovalTerms terms, Field... fields) {
        var service = new Service(
                AnApproval.PAYMENTS,
                List.of(new UpstreamAddress(false, "up.test", 80)),
                UpstreamTls.DEFAULT,
                UpstreamTimeouts.DEFAULT,
                List.of(Match.ANY),
                RecordPolicy.DEFAULT,
                RetentionClass.DEFAULT,
                Map.of());
        var policy = new Policy("big", When.ALWAYS, null, Action.REQUIRE_APPROVAL, false, "Ask.", terms, "");
        var bound = new BoundFacts(
                "edge", false, "pay.test", service.name(), BoundFacts.upstreams(service), Added.NOTHING, "v1", caller);
        var sent = new SentRequest("POST", "/v1/refunds?x=1", List.of(fields));
        return new HeldCall(
                ids.next(),
                service,
                bound,
                () -> bound,
                sent,
                new ReceivedRequest("/v1/refunds?x=1", List.of(fields), "192.0.2.1", false, ""),
                null,
                new Decision(Decision.Outcome.DENIED, List.of("big"), List.of(), "v1"),
                List.of(policy));
    }

    Approval decide(ApprovalId id, String subject, Vote.Verdict verdict) {
        var visitor = new Visitor(AnApproval.reviewer(subject), "192.0.2.9", null);
        Approval approval = desk.show(visitor, id);
        if (approval == null) {
            throw new AssertionError("there is no " + id);
        }
        return desk.decide(visitor, id, verdict, "because", approval.digest());
    }
}
