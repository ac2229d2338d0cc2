// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.AskedRequest;
import dev.hansard.ports.approval.Requirement;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.SignedIn;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pages behind a link. No script, nothing loaded, one style that the policy names by its hash, and a form that can
 * be posted to us alone. All text of a request is hostile: it is escaped, and what would change how other text looks is
 * shown as its number.
 */
final class ApprovalPage {
    static final String TOKEN = "token";
    static final String VERDICT = "verdict";
    static final String COMMENT = "comment";
    static final String DIGEST = "digest";

    private static final String HTML = "text/html; charset=utf-8";
    private static final String STYLE = "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;"
            + "padding:0 1rem;color:#1a1b1e;background:#fff}"
            + "pre,code{font-family:ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}"
            + "pre{border:1px solid #ced4da;padding:.5rem;max-height:30rem;overflow:auto}"
            + "dt{font-weight:600}dd{margin:0 0 .5rem}textarea{width:100%}"
            + "button{font:inherit;padding:.4rem 1.2rem;margin-right:1rem}"
            + "@media(prefers-color-scheme:dark){body{color:#e9ecef;background:#1a1b1e}}";
    private static final Field POLICY = new Field(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'sha256-" + hash(STYLE)
                    + "'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");

    private ApprovalPage() {}

    /** What is asked, with a form for whoever may decide. */
    static Answer question(Approval approval, @Nullable Refusal objection, SignedIn who, Instant now) {
        AskedRequest request = approval.request();
        var body = new StringBuilder("<h1>A request waits for approval</h1>");
        if (!approval.message().isEmpty()) {
            body.append("<p>").append(shown(approval.message())).append("</p>");
        }
        body.append("<dl>")
                .append(item("Request", SessionJson.text(request.method()) + " " + SessionJson.text(request.target())))
                .append(item("Host", SessionJson.text(request.authority())))
                .append(item("Service", request.service() + ", at " + String.join(", ", request.upstreams())))
                .append(item(
                        "Caller",
                        request.caller().provider() + "/" + request.caller().subject()))
                .append(item("Asked for by", needs(approval)))
                .append(item("State", approval.state().word()))
                .append(item("Time left", left(approval, now)))
                .append(item("Digest of what will be sent", approval.digest()));
        for (Vote vote : approval.votes()) {
            body.append(item("Decided so far", decision(vote)));
        }
        body.append("</dl>").append(headers(request)).append(content(request));
        body.append(
                objection == null
                        ? form(approval, who)
                        : "<p><strong>You cannot decide on it. " + shown(objection.detail()) + "</strong></p>");
        body.append("<p>You are signed in as ")
                .append(shown(called(who)))
                .append(" (")
                .append(shown(who.person().caller().subject()))
                .append(").</p>");
        return page(200, "A request waits for approval", body);
    }

    private static String called(SignedIn who) {
        String name = who.person().name();
        return name == null ? "somebody without a name" : name;
    }

    private static String needs(Approval approval) {
        return approval.requirements().stream().map(ApprovalPage::need).collect(Collectors.joining("; "));
    }

    private static String need(Requirement requirement) {
        String whom = requirement.reviewers().isEmpty() ? "" : " of " + String.join(", ", requirement.reviewers());
        return requirement.policy() + ", which wants " + requirement.count() + whom;
    }

    private static String left(Approval approval, Instant now) {
        long seconds = ApprovalJson.leftMs(approval, now) / 1000;
        return seconds / 60 + " min " + seconds % 60 + " s, until "
                + approval.term().expiresAt();
    }

    private static String decision(Vote vote) {
        String what = vote.verdict() == Vote.Verdict.APPROVE ? "approved" : "denied";
        String why = vote.comment().isEmpty() ? "" : ": " + vote.comment();
        return vote.provider() + "/" + vote.subject() + " " + what + " at " + vote.at() + why;
    }

    private static String item(String name, String value) {
        return "<dt>" + name + "</dt><dd><code>" + shown(value) + "</code></dd>";
    }

    private static String headers(AskedRequest request) {
        String lines = request.headers().stream()
                .map(field -> shown(SessionJson.text(field.name()) + ": " + SessionJson.text(field.value())))
                .collect(Collectors.joining("\n"));
        return "<h2>Fields</h2><pre>" + lines + "</pre>";
    }

    private static String content(AskedRequest request) {
        String title = "<h2>Content, masked (" + request.bodyBytes() + " bytes)</h2>";
        String why = request.maskReason();
        if (!request.body().hasRemaining()) {
            return title + "<p>" + (why == null ? "Nothing to show." : "Withheld: " + shown(why)) + "</p>";
        }
        String text = ApprovalJson.text(request.body());
        String note = request.isCut() ? "<p>Only the beginning is shown.</p>" : "";
        return title + note + "<pre>" + (text == null ? hex(request) : block(text)) + "</pre>";
    }

    private static String hex(AskedRequest request) {
        byte[] bytes = new byte[request.body().remaining()];
        request.body().get(bytes);
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    private static String form(Approval approval, SignedIn who) {
        return "<form method=\"post\">" + hidden(TOKEN, who.token().reveal()) + hidden(DIGEST, approval.digest())
                + "<p><label>Comment (a denial needs one; the caller is told)<br>"
                + "<textarea name=\"" + COMMENT + "\" rows=\"3\" maxlength=\"" + Vote.LONGEST_COMMENT
                + "\"></textarea></label></p><p>" + button("approve", "Approve") + button("deny", "Deny")
                + "</p></form>";
    }

    private static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + shown(value) + "\">";
    }

    private static String button(String verdict, String words) {
        return "<button name=\"" + VERDICT + "\" value=\"" + verdict + "\">" + words + "</button>";
    }

    /** What came of a decision. */
    static Answer decided(Approval approval, Vote.Verdict verdict) {
        String words = verdict == Vote.Verdict.APPROVE ? "You approved it." : "You denied it.";
        String more = switch (approval.state()) {
            case PENDING -> "More people have to approve it before it is sent.";
            case APPROVED, USED, COLLECTED ->
                verdict == Vote.Verdict.APPROVE ? "It is sent now." : "It was sent before.";
            case DENIED -> "It is not sent.";
            case EXPIRED, WITHDRAWN ->
                "But nothing comes of it: it is " + approval.state().word() + ".";
        };
        return page(
                200, words, new StringBuilder("<h1>" + words + "</h1><p>" + more + " You can close this page.</p>"));
    }

    /** Why there is nothing to decide. */
    static Answer refused(Refusal refusal) {
        var body = new StringBuilder("<h1>This link does not help</h1><p>" + shown(refusal.detail()) + "</p><p><code>"
                + shown(refusal.code()) + "</code></p>");
        return page(refusal.status(), "This link does not help", body);
    }

    private static Answer page(int status, String title, StringBuilder body) {
        String text = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>" + title + "</title><style>" + STYLE
                + "</style></head><body>" + body + "</body></html>";
        return new Answer(status, HTML, text.getBytes(StandardCharsets.UTF_8), List.of(POLICY));
    }

    /** For one line. */
    private static String shown(String text) {
        return safe(text, false);
    }

    /** For a block: line feeds and tabs stay. */
    private static String block(String text) {
        return safe(text, true);
    }

    private static String safe(String text, boolean isBlock) {
        var safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> {
                    boolean isPlain = !isHostile(c) || (isBlock && (c == '\n' || c == '\t'));
                    if (isPlain) {
                        safe.appendCodePoint(c);
                    } else {
                        safe.append("\\u{").append(Integer.toHexString(c)).append('}');
                    }
                }
            }
        });
        return safe.toString();
    }

    private static boolean isHostile(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
