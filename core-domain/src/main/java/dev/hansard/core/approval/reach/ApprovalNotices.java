// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.reach;

import dev.hansard.core.notify.JsonText;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.ApprovalWatcher;
import dev.hansard.ports.approval.AskedRequest;
import dev.hansard.ports.approval.Requirement;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.notify.Notice;
import dev.hansard.ports.notify.Notices;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells other systems what becomes of approvals. A notice says what the request is about, as its record would: no
 * content, no fields, and a target that is masked. Who is asked finds the rest behind the link.
 *
 * <p>While more people are needed, each approval is told of as another request, with another link: the one before is
 * used up.
 */
public final class ApprovalNotices implements ApprovalWatcher {
    /** Somebody is needed, or somebody more. */
    public static final String REQUESTED = "approval.requested";

    /** Enough have approved, or somebody has denied. */
    public static final String DECIDED = "approval.decided";

    /** Nobody decided in time, or the request was not sent in time. */
    public static final String EXPIRED = "approval.expired";

    /** Nothing is to be decided any more: the caller went away, or the request could not be sent as approved. */
    public static final String WITHDRAWN = "approval.withdrawn";

    private static final int LONGEST_TEXT = 1_000;

    private final Notices notices;
    private final Function<Approval, @Nullable String> links;
    private final InstantSource wall;

    /**
     * @param links the whole address where to decide on one; null where nobody signs in with a browser
     */
    public ApprovalNotices(Notices notices, Function<Approval, @Nullable String> links, InstantSource wall) {
        this.notices = notices;
        this.links = links;
        this.wall = wall;
    }

    @Override
    public void changed(@Nullable Approval before, Approval now) {
        String type = type(before, now);
        if (type != null) {
            notices.tell(new Notice(type, wall.instant(), data(now, type)));
        }
    }

    /** What is to be told of a change; null for nothing. */
    private static @Nullable String type(@Nullable Approval before, Approval now) {
        if (before == null) {
            return REQUESTED;
        }
        boolean isVoted = now.votes().size() > before.votes().size();
        if (isVoted) {
            return now.state() == ApprovalState.PENDING ? REQUESTED : DECIDED;
        }
        if (before.state() == now.state()) {
            return null;
        }
        return switch (now.state()) {
            case EXPIRED -> EXPIRED;
            case WITHDRAWN -> WITHDRAWN;
            case PENDING, APPROVED, DENIED, USED, COLLECTED -> null;
        };
    }

    private String data(Approval approval, String type) {
        AskedRequest request = approval.request();
        var json = new JsonText()
                .with("id", approval.id().toString())
                .with("state", approval.state().word())
                .with("service", request.service().value())
                .with("callerProvider", request.caller().provider())
                .with("caller", request.caller().subject())
                .with("method", text(request.method()))
                .with("host", text(request.authority()))
                .with("target", text(request.target()))
                .with("bodyBytes", request.bodyBytes())
                .with("policies", approval.policies())
                .with("message", cut(approval.message()))
                .with("digest", approval.digest())
                .with("needed", needed(approval))
                .with("given", given(approval))
                .with("createdAt", approval.term().createdAt().toString())
                .with("expiresAt", approval.term().expiresAt().toString());
        String link = type.equals(REQUESTED) ? links.apply(approval) : null;
        if (link != null) {
            json.with("link", link);
        }
        if (!approval.votes().isEmpty()) {
            Vote last = approval.votes().getLast();
            json.with("decidedBy", last.provider() + "/" + last.subject())
                    .with("verdict", last.verdict() == Vote.Verdict.APPROVE ? "approve" : "deny")
                    .with("comment", last.comment());
        }
        if (!approval.reason().isEmpty()) {
            json.with("reason", cut(approval.reason()));
        }
        return json.toString();
    }

    private static int needed(Approval approval) {
        return approval.requirements().stream()
                .mapToInt(Requirement::count)
                .max()
                .orElse(1);
    }

    private static long given(Approval approval) {
        return approval.votes().stream()
                .filter(vote -> vote.verdict() == Vote.Verdict.APPROVE)
                .count();
    }

    /** What bytes of a request read as: UTF-8 when all of them are, else ISO-8859-1, one char per byte. */
    private static String text(String bytes) {
        try {
            return cut(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString());
        } catch (CharacterCodingException _) {
            return cut(bytes);
        }
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
        return text.substring(0, end) + "...";
    }
}
