// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import static dev.hansard.core.approval.rule.AnApproval.BILLING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.hansard.core.approval.rule.AnApproval;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.ApprovalStore;
import dev.hansard.ports.approval.ApprovalTerms;
import dev.hansard.ports.approval.InMemoryApprovalStore;
import dev.hansard.ports.approval.InMemoryApprovalVault;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.exchange.Admission;
import dev.hansard.ports.exchange.CallerWatch;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.NotAllowedException;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.NodeName;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HoldingRoomTest {
    private static final Field ASYNC = new Field("Prefer", "respond-async");
    private static final ApprovalLimits ONE_WAITS = new ApprovalLimits(2, 1, 1, 1_000, Duration.ofHours(1));
    private static final NodeName HERE = new NodeName("node-a");

    private final InMemoryApprovalStore store = new InMemoryApprovalStore();
    private final InMemoryApprovalVault vault = new InMemoryApprovalVault(20_000);
    private final Room room = new Room(HERE, store, vault, ONE_WAITS);

    private CompletableFuture<Holding.Verdict> asked(HeldCall held, CallerWatch caller) {
        return CompletableFuture.supplyAsync(
                () -> room.room.ask(held, caller), Executors.newVirtualThreadPerTaskExecutor());
    }

    private CompletableFuture<Holding.Verdict> asked(Caller caller) {
        return asked(room.request(caller, ApprovalTerms.USUAL), CallerWatch.NEVER);
    }

    private ApprovalId waiting(int count) {
        await().until(() -> store.open() == count && room.room.waiting() == count);
        return room.told.getLast().id();
    }

    private static String code(Admission admission) {
        return admission instanceof Admission.Refused(var refusal, var _) ? refusal.code() : admission.toString();
    }

    @Test
    void waitsUntilEnoughPeopleHaveApproved() throws Exception {
        var terms = new ApprovalTerms(List.of(), 2, Duration.ofMinutes(1), Duration.ofMinutes(15), null);
        var verdict = asked(room.request(BILLING, terms), CallerWatch.NEVER);
        ApprovalId id = waiting(1);

        room.decide(id, "ann", Vote.Verdict.APPROVE);
        assertThat(room.decide(id, "ann", Vote.Verdict.APPROVE).version()).isEqualTo(2);
        assertThat(verdict).isNotDone();
        room.decide(id, "bob", Vote.Verdict.APPROVE);

        assertThat(verdict.get()).isInstanceOf(Holding.Granted.class);
        assertThat(room.told)
                .extracting(Approval::state)
                .containsExactly(
                        ApprovalState.PENDING, ApprovalState.PENDING, ApprovalState.APPROVED, ApprovalState.USED);
        assertThat(room.log.newest(Long.MAX_VALUE, 10).reversed())
                .extracting(entry -> entry.event().action())
                .containsSubsequence(
                        AuditAction.APPROVAL_REQUESTED,
                        AuditAction.APPROVAL_GIVEN,
                        AuditAction.APPROVAL_GIVEN,
                        AuditAction.APPROVAL_USED);
    }

    @Test
    void letsTheCallerGoAtTheEndOfTheHoldAndNotBefore() throws Exception {
        var verdict = asked(BILLING);
        ApprovalId id = waiting(1);

        room.pass(Duration.ofSeconds(60).minusNanos(1));
        room.courier.tick();
        assertThat(verdict).isNotDone();
        room.pass(Duration.ofNanos(1));
        room.courier.tick();

        assertThat(verdict.get()).isInstanceOf(Holding.Parked.class);
        assertThat(vault.list()).containsExactly(id);
        assertThat(room.room.waiting()).isZero();
    }

    @Test
    void expiresExactlyAtTheEnd() throws Exception {
        var terms = new ApprovalTerms(List.of(), 1, Duration.ofMinutes(10), Duration.ofMinutes(5), null);
        var verdict = asked(room.request(BILLING, terms), CallerWatch.NEVER);
        ApprovalId id = waiting(1);

        room.pass(Duration.ofMinutes(5).minusNanos(1));
        room.courier.tick();
        assertThat(verdict).isNotDone();
        room.pass(Duration.ofNanos(1));
        room.courier.tick();

        assertThat(verdict.get()).isInstanceOfSatisfying(Holding.Stopped.class, stopped -> {
            assertThat(stopped.refusal().code()).isEqualTo("approval_expired");
            assertThat(stopped.refusal().status()).isEqualTo(504);
        });
        assertThat(catchThrowable(() -> room.decide(id, "ann", Vote.Verdict.APPROVE)))
                .isInstanceOfSatisfying(
                        NotAllowedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("approval_closed"));
    }

    @Test
    void hearsWhatAnotherNodeHasDecided() throws Exception {
        var other = new Room(new NodeName("node-b"), store, new InMemoryApprovalVault(1), ONE_WAITS);
        var verdict = asked(BILLING);
        ApprovalId id = waiting(1);

        other.decide(id, "ann", Vote.Verdict.APPROVE);
        room.courier.tick();

        assertThat(verdict.get()).isInstanceOf(Holding.Granted.class);
    }

    /** Each half second, whoever waits: what is overdue, how far those who wait are, and what is to be sent. */
    @Test
    void asksTheStoreNoMoreForManyWhoWaitThanForOne() throws Exception {
        var asked = new AtomicInteger();
        var limits = new ApprovalLimits(300, 300, 1, 1_000, Duration.ofHours(1));
        var counted = new Room(HERE, counting(asked), vault, limits);
        for (int i = 0; i < 300; i++) {
            HeldCall held = counted.request(BILLING, ApprovalTerms.USUAL);
            CompletableFuture<?> _ = CompletableFuture.supplyAsync(
                    () -> counted.room.ask(held, CallerWatch.NEVER), Executors.newVirtualThreadPerTaskExecutor());
        }
        await().until(() -> store.open() == 300 && counted.told.size() == 300);
        counted.courier.tick();
        asked.set(0);

        counted.courier.tick();

        assertThat(asked).hasValueLessThanOrEqualTo(3);
        counted.room.close();
        await().until(() -> counted.room.waiting() == 0);
    }

    private ApprovalStore counting(AtomicInteger asked) {
        return (ApprovalStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ApprovalStore.class}, (_, method, arguments) -> {
                    asked.incrementAndGet();
                    return method.invoke(store, arguments);
                });
    }

    @Test
    void givesPlacesToSoManyOfACallerAndOfAll() throws Exception {
        CompletableFuture<?> _ = asked(BILLING);
        waiting(1);

        Holding.Verdict second = asked(BILLING).get();
        CompletableFuture<?> _ = asked(new Caller("workloads", "shipping", List.of()));
        await().until(() -> room.room.waiting() == 2);
        Holding.Verdict third =
                asked(new Caller("workloads", "search", List.of())).get();

        assertThat(second).isInstanceOf(Holding.Parked.class);
        assertThat(third).isInstanceOf(Holding.Parked.class);
        room.room.close();
        await().until(() -> room.room.waiting() == 0);
    }

    @Test
    void refusesWhatTheVaultHasNoRoomFor() throws Exception {
        var full = new Room(HERE, store, new InMemoryApprovalVault(0), ONE_WAITS);

        Holding.Verdict verdict = full.room.ask(full.request(BILLING, ApprovalTerms.USUAL, ASYNC), CallerWatch.NEVER);

        assertThat(verdict).isEqualTo(new Holding.Stopped(ApprovalAnswers.VAULT_FULL, null));
        assertThat(store.open()).isZero();
        assertThat(full.courier.counts().full()).isEqualTo(1);
    }

    @Test
    void keepsTenThousandRequestsAsRowsAndFilesAlone() {
        for (int i = 0; i < 10_000; i++) {
            var caller = new Caller("workloads", "caller-" + i % 100, List.of());
            Holding.Verdict verdict =
                    room.room.ask(room.request(caller, ApprovalTerms.USUAL, ASYNC), CallerWatch.NEVER);
            assertThat(verdict).isInstanceOf(Holding.Parked.class);
        }

        assertThat(store.open()).isEqualTo(10_000);
        assertThat(room.room.waiting()).isZero();
        room.pass(Duration.ofMinutes(15));
        for (int i = 0; i < 10; i++) {
            room.courier.tick();
        }
        assertThat(store.open()).isZero();
        assertThat(vault.list()).isEmpty();
    }

    @Test
    void withdrawsWhatACallerThatIsGoneHasAsked() throws Exception {
        var gone = new CompletableFuture<Runnable>();
        var verdict = asked(room.request(BILLING, ApprovalTerms.USUAL), gone::complete);
        ApprovalId id = waiting(1);

        gone.get().run();

        assertThat(verdict.get()).isInstanceOf(Holding.Stopped.class);
        assertThat(room.book.find(id)).extracting(Approval::state).isEqualTo(ApprovalState.WITHDRAWN);
    }

    @Test
    void tellsOtherCallersNothing() {
        room.room.ask(room.request(BILLING, ApprovalTerms.USUAL, ASYNC), CallerWatch.NEVER);
        String id = room.told.getLast().id().toString();

        assertThat(room.room.poll(BILLING, "GET", id)).isInstanceOf(Admission.Told.class);
        assertThat(code(room.room.poll(new Caller("workloads", "other", List.of()), "GET", id)))
                .isEqualTo("no_approval");
        assertThat(code(room.room.poll(new Caller("corp", "billing", List.of()), "GET", id)))
                .isEqualTo("no_approval");
        assertThat(code(room.room.poll(BILLING, "POST", id))).isEqualTo("method_not_allowed");
    }

    @Test
    void withdrawsAtTheStartWhatNobodyCanGoOnWith() {
        room.room.ask(room.request(BILLING, ApprovalTerms.USUAL, ASYNC), CallerWatch.NEVER);
        ApprovalId sealed = room.told.getLast().id();
        CompletableFuture<?> _ = asked(BILLING);
        ApprovalId connected = await().until(() -> room.told.getLast().id(), id -> !id.equals(sealed));
        var again = new Room(HERE, store, vault, ONE_WAITS);

        again.courier.recover();

        assertThat(again.book.find(sealed)).extracting(Approval::state).isEqualTo(ApprovalState.PENDING);
        assertThat(again.book.find(connected)).extracting(Approval::state).isEqualTo(ApprovalState.WITHDRAWN);
        room.room.close();
    }

    @Test
    void saysSoWhenTheResponseIsAtAnotherNodeOrLost() {
        room.room.ask(room.request(BILLING, ApprovalTerms.USUAL, ASYNC), CallerWatch.NEVER);
        ApprovalId id = room.told.getLast().id();
        room.decide(id, "ann", Vote.Verdict.APPROVE);
        room.book.change(id, before -> HoldingRoom.used(before, null, room.clock.get()));
        var other = new Room(new NodeName("node-b"), store, new InMemoryApprovalVault(1), ONE_WAITS);

        assertThat(code(other.room.poll(BILLING, "GET", id.toString()))).isEqualTo("approval_elsewhere");
        assertThat(code(room.room.poll(BILLING, "GET", id.toString()))).isEqualTo("approval_response_lost");
    }

    @Test
    void needsADigestOfTheRequestThatWasLookedAtAndAReasonToDeny() {
        room.room.ask(room.request(BILLING, ApprovalTerms.USUAL, ASYNC), CallerWatch.NEVER);
        ApprovalId id = room.told.getLast().id();
        var ann = new Visitor(AnApproval.reviewer("ann"), "192.0.2.9", null);

        Throwable stale = catchThrowable(() -> room.desk.decide(ann, id, Vote.Verdict.APPROVE, "", "0".repeat(64)));
        Throwable silent = catchThrowable(() -> room.desk.decide(ann, id, Vote.Verdict.DENY, " ", ""));

        assertThat(stale).hasMessageContaining("not the request that you looked at");
        assertThat(silent).hasMessageContaining("Say why");
        assertThat(room.desk.list(ann, Set.of(ApprovalState.PENDING), null, 10)).hasSize(1);
    }

    @Test
    void keepsPastApprovalsAsLongAsTheirRecordsAndWhileAHoldKeepsThose() {
        room.room.ask(room.request(BILLING, ApprovalTerms.USUAL, ASYNC), CallerWatch.NEVER);
        ApprovalId id = room.told.getLast().id();
        room.decide(id, "ann", Vote.Verdict.DENY);
        var held = new AtomicBoolean(true);
        var history = new ApprovalHistory(store, _ -> held.get(), room.clock::get);

        history.prune();
        room.pass(Duration.ofDays(31));
        history.prune();
        assertThat(store.find(id)).isNotNull();
        held.set(false);
        history.prune();
        assertThat(store.find(id)).isNotNull();
        room.pass(Duration.ofDays(1));
        history.prune();

        assertThat(store.find(id)).isNull();
    }
}
