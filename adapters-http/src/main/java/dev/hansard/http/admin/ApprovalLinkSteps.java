// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.NotAllowedException;
import dev.hansard.ports.identity.SignedIn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a browser does with a link of a notice. Chats and mail programs fetch links by themselves, so that looking
 * decides nothing: only the form of the page does, posted by a page of ours with the token of a session (THREATS 20).
 */
final class ApprovalLinkSteps {
    private static final int SEE_OTHER = 303;

    private final @Nullable ApprovalDesks desks;
    private final Entrance entrance;

    ApprovalLinkSteps(@Nullable ApprovalDesks desks, Entrance entrance) {
        this.desks = desks;
        this.entrance = entrance;
    }

    /** Shows what is asked; sends those to sign in who have not. */
    void open(Exchange exchange) {
        ApprovalDesks open = ApprovalCalls.opened(desks);
        exchange.query();
        SignedIn signedIn = entrance.enterBySession(exchange);
        if (signedIn == null) {
            // The path is one of ours and has no character that needs another spelling in a query.
            var away = new Field("Location", "/login?return-to=" + exchange.rawPath());
            exchange.send(new Answer(SEE_OTHER, SignInPages.PLAIN, new byte[0], List.of(away)));
            return;
        }
        try {
            Approval approval = open.links().open(exchange.visitor(), exchange.pathPart("link"));
            Refusal objection = open.desk().objection(exchange.visitor(), approval);
            exchange.send(ApprovalPage.question(
                    approval, objection, signedIn, open.wall().instant()));
        } catch (NotAllowedException e) {
            exchange.send(ApprovalPage.refused(e.refusal()));
        }
    }

    /** Takes what the form says. */
    void decide(Exchange exchange) {
        ApprovalDesks open = ApprovalCalls.opened(desks);
        exchange.query();
        SignedIn signedIn = entrance.enterBySession(exchange);
        if (signedIn == null) {
            throw new RefusedException(
                    401, "not_signed_in", "Your sign-in is over; open the link again, which signs you in.");
        }
        Map<String, String> form = exchange.form();
        ForgeryCheck.check(exchange, signedIn, form.get(ApprovalPage.TOKEN));
        Vote.Verdict verdict = verdict(form.get(ApprovalPage.VERDICT));
        // Forms end lines with two characters, of which one is enough.
        String comment = form.getOrDefault(ApprovalPage.COMMENT, "")
                .replace("\r\n", "\n")
                .strip();
        ApprovalCalls.requireShort(comment);
        try {
            Approval decided = open.links()
                    .decide(
                            exchange.visitor(),
                            exchange.pathPart("link"),
                            verdict,
                            comment,
                            form.getOrDefault(ApprovalPage.DIGEST, ""));
            exchange.send(ApprovalPage.decided(decided, verdict));
        } catch (NotAllowedException e) {
            exchange.send(ApprovalPage.refused(e.refusal()));
        }
    }

    private static Vote.Verdict verdict(@Nullable String word) {
        return switch (word) {
            case "approve" -> Vote.Verdict.APPROVE;
            case "deny" -> Vote.Verdict.DENY;
            case null, default -> throw RefusedException.invalidContent("'verdict' must be approve or deny.");
        };
    }
}
