// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.retention.Hold;
import dev.hansard.ports.retention.HoldDesk;
import dev.hansard.ports.retention.HoldEvent;
import dev.hansard.ports.retention.Pruning;
import dev.hansard.ports.retention.RetentionDesk;
import dev.hansard.ports.retention.RetentionPlan;
import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers as it is told. */
final class FakeRetention implements RetentionDesk, HoldDesk {
    static final Instant NOON = FakeDesks.NOON;
    static final String HOLD = "hold_abcdefghij12";
    private static final ServiceName PAYMENTS = new ServiceName("payments");

    volatile Pruning pruning = new Pruning.Done(1, 20, 3_000, 4);
    volatile Erasure erasure = Erasure.ERASED;
    volatile int most;
    volatile boolean isTrusted;

    @Override
    public RetentionPlan plan(Visitor visitor) {
        List<RetentionPlan.Item> items = List.of(item("a", 0), item("b", 5));
        return new RetentionPlan(NOON, items, 720, 2, 200, "", "", NOON.plusSeconds(60));
    }

    private static RetentionPlan.Item item(String id, int hours) {
        Instant hour = NOON.minus(Duration.ofDays(31)).plus(Duration.ofHours(hours));
        var segment = new Segment(
                "payments/default/2026/10/23/12/" + id + ".warc.zst", PAYMENTS, RetentionClass.DEFAULT, hour);
        return new RetentionPlan.Item(segment, NOON, 10, 1_000, 1);
    }

    @Override
    public Pruning prune(Visitor visitor, int segments) {
        most = segments;
        return pruning;
    }

    @Override
    public void trustClock(Visitor visitor) {
        isTrusted = true;
    }

    @Override
    public Erasure erase(Visitor visitor, SessionId id) {
        return erasure;
    }

    @Override
    public List<Hold> list(Visitor visitor) {
        return List.of(hold("Case 1", "service:payments", "case 4711"));
    }

    private static Hold hold(String name, String query, String reason) {
        var placed = new HoldEvent(HoldEvent.Kind.PLACED, NOON, "corp", "someone", reason);
        return new Hold(HOLD, name, query, 12, List.of(placed));
    }

    @Override
    public Hold place(Visitor visitor, String name, String query, String reason) {
        if (query.contains("nothing")) {
            throw new InvalidValueException("the query finds no session");
        }
        return hold(name, query, reason);
    }

    @Override
    public @Nullable Hold remove(Visitor visitor, String id, String reason) {
        Hold hold = hold("Case 1", "service:payments", "case 4711");
        var asked = new HoldEvent(HoldEvent.Kind.REMOVAL_ASKED, NOON, "corp", "someone", reason);
        return id.equals(HOLD)
                ? new Hold(
                        HOLD,
                        hold.name(),
                        hold.query(),
                        12,
                        List.of(hold.events().getFirst(), asked))
                : null;
    }
}
