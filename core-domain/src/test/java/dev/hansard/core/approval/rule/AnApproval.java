// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.rule;

import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.AskedRequest;
import dev.hansard.ports.approval.Requirement;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.session.MaskStatus;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Approvals and people for tests. */
public final class AnApproval {
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    public static final ServiceName PAYMENTS = new ServiceName("payments");
    public static final Caller BILLING = new Caller("workloads", "billing", List.of("shop"));

    private AnApproval() {}

    /** Pending since noon, for a quarter of an hour. */
    public static Approval askedFor(Requirement... requirements) {
        return askedBy(BILLING, requirements);
    }

    public static Approval askedBy(Caller caller, Requirement... requirements) {
        var request = new AskedRequest(
                PAYMENTS,
                caller,
                "edge",
                "POST",
                "payments.test",
                "/v1/refunds/1",
                List.of(),
                0,
                ByteBuffer.allocate(0),
                MaskStatus.CLEAN,
                null,
                List.of("http://up.test"));
        return new Approval(
                new ApprovalId(0x0190_0000_0000_7000L, 0x8000_0000_0000_0001L),
                1,
                ApprovalState.PENDING,
                request,
                "",
                List.of(requirements),
                "v1",
                "digest",
                List.of(),
                new Approval.Term(NOON, NOON.plus(Duration.ofMinutes(15)), 0, null, NOON.plus(Duration.ofDays(30))),
                new Approval.Place(
                        new NodeName("node-a"),
                        false,
                        new SessionId(0x0190_0000_0000_7000L, 0x8000_0000_0000_0002L),
                        null),
                "");
    }

    /** Somebody in some groups whose role is that of a reviewer of payments. */
    public static Access reviewer(String subject, String... groups) {
        return reviewer(new Caller("corp", subject, List.of(groups)));
    }

    public static Access reviewer(Caller who) {
        var scope = new Scope.Only(Set.of(PAYMENTS));
        return new Access(
                who,
                Map.of(Permission.DECIDE_APPROVALS, scope, Permission.SEE_SESSIONS, scope),
                List.of(new Access.Grant("reviewer", "a test", scope)));
    }
}
