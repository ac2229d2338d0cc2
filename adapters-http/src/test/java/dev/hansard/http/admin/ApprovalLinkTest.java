// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.exchange.Refusal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApprovalLinkTest {
    private static final String PATH = "/approve/" + FakeApprovals.LINK;
    private static final String COOKIE = "hansard=" + FakeSignIn.SESSION;
    private static final String FORM =
            "token=" + FakeSignIn.TOKEN + "&digest=" + FakeApprovals.DIGEST + "&comment=looked+at+it&verdict=";

    private final RunningAdmin admin = RunningAdmin.start();
    private final FakeApprovals approvals = admin.desks.approvals;
    private final Approval waiting = approvals.add(FakeApprovals.waiting(1));

    @AfterEach
    void leavesNothingBehind() {
        admin.close();
    }

    private String post(String fields, String form) throws Exception {
        return admin.raw("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\n" + fields
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                + "\r\nConnection: close\r\n\r\n" + form);
    }

    private static String own(String cookie) {
        return "Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\nCookie: " + cookie + "\r\n";
    }

    @Test
    void sendsThoseToSignInWhoHaveNot() throws Exception {
        HttpResponse<String> answer = admin.get(PATH);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/login?return-to=" + PATH);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void showsWhatIsAskedAndDecidesNothing() throws Exception {
        HttpResponse<String> page = admin.get(PATH, "Cookie", COOKIE);
        HttpResponse<String> head = admin.send("HEAD", PATH, "Cookie", COOKIE);
        admin.get(PATH + "?verdict=approve", "Cookie", COOKIE);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(FakeApprovals.DIGEST, "15 min 0 s", "Some One", "<form method=\"post\">", "leads");
        assertThat(approvals.decisions).isEmpty();
    }

    @Test
    void comesFromAChatToo() throws Exception {
        String fields = "Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n";

        String walked = admin.raw("GET " + PATH + " HTTP/1.1\r\n" + fields + "Sec-Fetch-Dest: document\r\nCookie: "
                + COOKIE + "\r\nConnection: close\r\n\r\n");
        String framed = admin.raw("GET " + PATH + " HTTP/1.1\r\n" + fields + "Sec-Fetch-Dest: iframe\r\nCookie: "
                + COOKIE + "\r\nConnection: close\r\n\r\n");

        assertThat(walked).startsWith("HTTP/1.1 200");
        assertThat(framed).startsWith("HTTP/1.1 403");
    }

    @Test
    void letsNothingOnThePageActByItself() throws Exception {
        HttpResponse<String> page = admin.get(PATH, "Cookie", COOKIE);
        String body = page.body();
        Matcher style = Pattern.compile("<style>(.*)</style>").matcher(body);
        assertThat(style.find()).isTrue();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8));

        assertThat(page.headers().allValues("Content-Security-Policy"))
                .containsExactly("default-src 'none'; style-src 'sha256-"
                        + Base64.getEncoder().encodeToString(hash)
                        + "'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
        assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(body)
                .doesNotContain("<script", "<img", "</pre><s", "<two>", "billing<b>", "\u202e")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;\\u{202e}", "&quot;&gt;&lt;img src=x");
    }

    @Test
    void showsWhyOneMayNotDecideInPlaceOfTheForm() throws Exception {
        approvals.objection = new Refusal(403, "own_request", "You made it.");

        String body = admin.get(PATH, "Cookie", COOKIE).body();

        assertThat(body).contains("You made it.").doesNotContain("<form", FakeSignIn.TOKEN);
    }

    @Test
    void decidesByItsForm() throws Exception {
        String approved = post(own(COOKIE), FORM + "approve");
        String denied = post(own(COOKIE), FORM + "deny");

        assertThat(approved).startsWith("HTTP/1.1 200").contains("You approved it.", "More people");
        assertThat(denied).contains("You denied it.", "It is not sent.");
        assertThat(approvals.decisions)
                .containsExactly(
                        waiting.id() + " APPROVE looked at it " + FakeApprovals.DIGEST,
                        waiting.id() + " DENY looked at it " + FakeApprovals.DIGEST);
    }

    @ParameterizedTest
    @CsvSource({
        "403, same-origin, own, none",
        "403, same-origin, own, wrong",
        "403, none, none, token",
        "403, cross-site, none, token",
        "403, same-site, none, token",
        "403, cross-site, evil, token",
        "403, same-origin, evil, token",
        "403, none, null, token",
        "200, same-origin, none, token",
        "200, none, own, token",
    })
    void takesTheFormOfItsOwnPageOnly(int status, String site, String origin, String token) throws Exception {
        String fields = "Cookie: " + COOKIE + "\r\n"
                + (site.equals("none") ? "" : "Sec-Fetch-Site: " + site + "\r\n")
                + switch (origin) {
                    case "own" -> "Origin: http://localhost\r\n";
                    case "evil" -> "Origin: http://evil.example\r\n";
                    case "null" -> "Origin: null\r\n";
                    default -> "";
                };
        String form = switch (token) {
            case "token" -> FORM;
            case "wrong" -> FORM.replace(FakeSignIn.TOKEN, FakeSignIn.SESSION);
            default -> FORM.replace("token=" + FakeSignIn.TOKEN + "&", "");
        };

        String answer = post(fields, form + "approve");

        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(approvals.decisions).hasSize(status == 200 ? 1 : 0);
    }

    @Test
    void takesNoFormFromWhoeverHasNoSession() throws Exception {
        String answer = post("Origin: http://localhost\r\n", FORM + "approve");

        assertThat(answer).startsWith("HTTP/1.1 401").contains("\"not_signed_in\"");
        assertThat(approvals.decisions).isEmpty();
    }

    @Test
    void takesNoFormThatSaysNothingClear() throws Exception {
        String neither = post(own(COOKIE), FORM + "maybe");
        String both = post(own(COOKIE), FORM + "approve&verdict=deny");
        String stale = post(own(COOKIE), FORM.replace(FakeApprovals.DIGEST, "x") + "approve");

        assertThat(neither).startsWith("HTTP/1.1 400");
        assertThat(both).startsWith("HTTP/1.1 400");
        assertThat(stale).startsWith("HTTP/1.1 409").contains("approval_changed");
        assertThat(approvals.decisions).isEmpty();
    }

    @Test
    void saysThatALinkLeadsNowhere() throws Exception {
        HttpResponse<String> answer = admin.get("/approve/x", "Cookie", COOKIE);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("It leads &lt;nowhere&gt;.", "no_such_link");
    }
}
