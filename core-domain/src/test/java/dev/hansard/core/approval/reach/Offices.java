// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.reach;

import dev.hansard.core.approval.ApprovalBook;
import dev.hansard.core.approval.ApprovalOffice;
import dev.hansard.core.approval.codec.ApprovalCodec;
import dev.hansard.core.approval.rule.AnApproval;
import dev.hansard.core.approval.rule.People;
import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.InMemoryApprovalStore;
import dev.hansard.ports.approval.Requirement;
import dev.hansard.ports.audit.InMemoryAuditLog;
import dev.hansard.ports.identity.NotAllowedException;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.value.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The offices of a node that shares its store with others, with a clock that is moved. */
final class Offices {
    static final LinkKey KEY = LinkKey.of(Secret.of("a key that nodes have in common"));

    final AtomicReference<Instant> clock = new AtomicReference<>(AnApproval.NOON);
    final InMemoryAuditLog log = new InMemoryAuditLog();
    final InMemoryApprovalStore store;
    final ApprovalBook book;
    final ApprovalOffice office;
    final LinkOffice links;
    final ChangeFeed feed;

    Offices() {
        this(new InMemoryApprovalStore());
    }

    Offices(InMemoryApprovalStore store) {
        this.store = store;
        var auditor = new Auditor(log, clock::get, false);
        book = new ApprovalBook(store, auditor);
        office = new ApprovalOffice(book, People.UNKNOWN, auditor, clock::get);
        links = new LinkOffice(office, KEY, auditor, clock::get);
        feed = new ChangeFeed(book, office::scope);
        book.watch(feed);
    }

    /** One that waits for so many of the leads. */
    Approval waiting(int count) {
        Approval approval = AnApproval.askedFor(new Requirement("big", List.of("leads"), count));
        store.add(ApprovalCodec.stored(approval));
        return approval;
    }

    void pass(Duration time) {
        clock.updateAndGet(now -> now.plus(time));
    }

    /** A reviewer who is one of the leads. */
    static Visitor lead(String subject) {
        return new Visitor(AnApproval.reviewer(subject, "leads"), "192.0.2.9", null);
    }

    /** The code of the refusal that comes of something; empty when none does. */
    static String code(ThrowingCallable tried) {
        try {
            tried.call();
            return "";
        } catch (NotAllowedException e) {
            return e.refusal().code();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
