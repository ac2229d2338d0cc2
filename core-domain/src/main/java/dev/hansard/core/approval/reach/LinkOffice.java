// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.reach;

import dev.hansard.core.approval.ApprovalOffice;
import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalLinks;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.NotAllowedException;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.value.ApprovalId;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Follows links. Who asks is found out beforehand, by their session: a link that decided by itself would let whoever it
 * was forwarded to decide in somebody's name, and one person with two links count as two (THREATS 19 and 20).
 */
public final class LinkOffice implements ApprovalLinks {
    private static final String OBJECT = "approval link";
    private static final Refusal NONE = new Refusal(
            404, "no_such_link", "This link leads to no approval of yours; `hansard approvals ls` lists those.");
    private static final Refusal EXPIRED =
            new Refusal(410, "link_expired", "The time to decide is over, and this link with it.");
    private static final Refusal USED = new Refusal(
            410,
            "link_used",
            "Somebody has decided since this link was sent, and it is good for one decision; look at the approval"
                    + " in the console or with `hansard approvals show`.");

    private final ApprovalOffice office;
    private final LinkKey key;
    private final Auditor auditor;
    private final InstantSource wall;

    public LinkOffice(ApprovalOffice office, LinkKey key, Auditor auditor, InstantSource wall) {
        this.office = office;
        this.key = key;
        this.auditor = auditor;
        this.wall = wall;
    }

    @Override
    public Approval open(Visitor visitor, String link) {
        Approval shown = office.show(visitor, followed(visitor, link).id());
        if (shown == null) {
            throw auditor.refused(visitor, OBJECT, NONE);
        }
        return shown;
    }

    @Override
    public Approval decide(Visitor visitor, String link, Vote.Verdict verdict, String comment, String digest) {
        LinkKey.Said said = followed(visitor, link);
        return office.decide(visitor, said.id(), verdict, comment, digest, before -> objection(said, before));
    }

    /** @throws NotAllowedException when it leads nowhere */
    private LinkKey.Said followed(Visitor visitor, String link) {
        LinkKey.Said said = LinkKey.read(link);
        Approval approval = said == null ? null : office.visible(visitor, said.id());
        if (said == null || approval == null || !key.isOurs(link, approval)) {
            throw auditor.refused(visitor, OBJECT, NONE);
        }
        ApprovalId id = approval.id();
        Refusal objection = objection(said, approval);
        if (objection != null) {
            throw auditor.refused(visitor, id.toString(), objection);
        }
        return said;
    }

    private @Nullable Refusal objection(LinkKey.Said said, Approval approval) {
        if (approval.votes().size() != said.votes()) {
            return USED;
        }
        return wall.instant().isBefore(said.until()) ? null : EXPIRED;
    }
}
