// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.value.InvalidValueException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInTest {
    private static final URI PUBLIC = URI.create("https://hansard.example.com");
    private static final AdminSettings USUAL = RunningAdmin.settings(Duration.ofSeconds(15), Duration.ofSeconds(30));
    private static final String CALLBACK = "/login/corp/callback?state=x&code=c&session_state=more";

    private RunningAdmin admin = RunningAdmin.start();

    @AfterEach
    void leavesNothingBehind() {
        admin.close();
    }

    private static List<String> cookies(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie");
    }

    private String raw(String head) throws Exception {
        return admin.raw(head.replace("\n", "\r\n") + "\r\nConnection: close\r\n\r\n");
    }

    @Test
    void sendsABrowserAwayWithACookie() throws Exception {
        HttpResponse<String> answer = admin.get("/login/corp?return-to=/ui");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("https://id.example.com/auth?state=x");
        assertThat(cookies(answer))
                .containsExactly(
                        "hansard-signin=" + FakeSignIn.ATTEMPT + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=600");
        assertThat(admin.desks.signIn.backs)
                .containsExactly("http://127.0.0.1:" + admin.port() + "/login/corp/callback");
    }

    @Test
    void givesACookieToWhoComesBackAndLeadsOn() throws Exception {
        HttpResponse<String> answer = admin.get(CALLBACK, "Cookie", "hansard-signin=" + FakeSignIn.ATTEMPT);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(cookies(answer))
                .containsExactly(
                        "hansard-signin=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0",
                        "hansard=" + FakeSignIn.SESSION + "; Path=/; HttpOnly; SameSite=Lax");
        assertThat(answer.body()).contains("content=\"0;url=/?a=b&amp;c=&#39;d&#39;\"");
        assertThat(answer.headers().allValues("Content-Security-Policy"))
                .containsExactly("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    }

    @Test
    void leadsOnFromAnAnswerThatAnotherSitePostsWithoutACookie() throws Exception {
        String form = "SAMLResponse=r&RelayState=x";
        String post = "POST /login/saml/callback HTTP/1.1\nHost: localhost\nOrigin: null\nSec-Fetch-Site: cross-site\n"
                + "Sec-Fetch-Mode: navigate\nSec-Fetch-Dest: %s\nContent-Type: %s\nContent-Length: " + form.length()
                + "\nConnection: close\n\n" + form;

        String page = admin.raw(
                post.formatted("document", "application/x-www-form-urlencoded").replace("\n", "\r\n"));
        String framed = admin.raw(
                post.formatted("iframe", "application/x-www-form-urlencoded").replace("\n", "\r\n"));
        String json = admin.raw(post.formatted("document", "text/plain").replace("\n", "\r\n"));

        assertThat(page)
                .startsWith("HTTP/1.1 200")
                .contains("content=\"0;url=/login/saml/callback?state=ticket%26x\"")
                .doesNotContain("Set-Cookie");
        assertThat(framed).startsWith("HTTP/1.1 403").contains("foreign_origin");
        assertThat(json).startsWith("HTTP/1.1 415");
    }

    @Test
    void tellsProvidersWhatTheyWantToKnow() throws Exception {
        HttpResponse<String> answer = admin.get("/login/saml/metadata");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/xml");
        assertThat(answer.body()).contains("http://127.0.0.1:" + admin.port() + "/login/saml/callback");
        assertThat(admin.get("/login/corp/metadata").statusCode()).isEqualTo(404);
    }

    @Test
    void bindsItsCookiesToThePublicHost() throws Exception {
        restart(USUAL.reachedBy(PUBLIC));

        String away = raw("GET /login/corp HTTP/1.1\nHost: hansard.example.com");
        String back = raw("GET " + CALLBACK + " HTTP/1.1\nHost: hansard.example.com\nCookie: __Host-hansard-signin="
                + FakeSignIn.ATTEMPT);

        assertThat(away)
                .contains("Set-Cookie: __Host-hansard-signin=" + FakeSignIn.ATTEMPT
                        + "; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=600\r\n");
        assertThat(back)
                .contains("Set-Cookie: __Host-hansard=" + FakeSignIn.SESSION
                        + "; Path=/; HttpOnly; SameSite=Lax; Secure\r\n");
        assertThat(admin.desks.signIn.backs).containsExactly("https://hansard.example.com/login/corp/callback");
    }

    @Test
    void takesNoCookieWithoutThePrefixAtThePublicHost() throws Exception {
        restart(USUAL.reachedBy(PUBLIC));

        String back = raw("GET " + CALLBACK + " HTTP/1.1\nHost: hansard.example.com\nCookie: hansard-signin="
                + FakeSignIn.ATTEMPT);

        assertThat(back).startsWith("HTTP/1.1 403").contains("sign_in_failed").doesNotContain(FakeSignIn.SESSION);
    }

    private void restart(AdminSettings settings) {
        admin.close();
        admin = RunningAdmin.start(settings);
    }

    @Test
    void takesNeitherOfTwoCookiesOfOneName() throws Exception {
        String twice = "hansard-signin=" + FakeSignIn.ATTEMPT;

        HttpResponse<String> answer = admin.get(CALLBACK, "Cookie", twice + "; " + twice);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(cookies(answer)).containsExactly("hansard-signin=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }

    @Test
    void letsChooseAmongSeveral() throws Exception {
        admin.desks.signIn.names = List.of("corp", "partners");

        HttpResponse<String> answer = admin.get("/login?return-to=/%3Fq=%22%3E%3Cscript%3E");

        assertThat(answer.body())
                .contains("<a href=\"/login/corp?return-to=%2F%3Fq%3D%22%3E%3Cscript%3E\">corp</a>")
                .contains(">partners</a>")
                .doesNotContain("<script");
    }

    @Test
    void goesStraightToTheOnlyOne() throws Exception {
        assertThat(admin.get("/login").statusCode()).isEqualTo(303);
    }

    @Test
    void saysThatNobodySignsInHere() throws Exception {
        admin.desks.signIn.names = List.of();

        HttpResponse<String> answer = admin.get("/login");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("no_sign_in");
    }

    @ParameterizedTest
    @CsvSource({
        "204, same-origin, own, token",
        "204, same-origin, none, token",
        "204, none, own, token",
        "403, none, none, token",
        "403, same-origin, own, none",
        "403, same-origin, own, wrong",
        "403, cross-site, none, token",
        "403, same-site, none, token",
        "403, cross-site, evil, token",
        "403, same-origin, evil, token",
        "403, none, null, token",
    })
    void takesChangesFromOwnPagesOnly(int status, String site, String origin, String token) throws Exception {
        String head = "POST /logout HTTP/1.1\nHost: localhost\nContent-Length: 0\nCookie: hansard=" + FakeSignIn.SESSION
                + (site.equals("none") ? "" : "\nSec-Fetch-Site: " + site)
                + switch (origin) {
                    case "own" -> "\nOrigin: http://localhost";
                    case "evil" -> "\nOrigin: http://evil.example";
                    case "null" -> "\nOrigin: null";
                    default -> "";
                }
                + switch (token) {
                    case "token" -> "\nHansard-Csrf: " + FakeSignIn.TOKEN;
                    case "wrong" -> "\nHansard-Csrf: " + FakeSignIn.SESSION;
                    default -> "";
                };

        String answer = raw(head);

        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(admin.desks.signIn.browsers).hasSize(status == 204 ? 1 : 0);
    }

    @Test
    void endsTheSessionAndTakesTheCookieBack() throws Exception {
        String answer = raw("POST /logout HTTP/1.1\nHost: localhost\nContent-Length: 0\nOrigin: http://localhost"
                + "\nCookie: hansard=" + FakeSignIn.SESSION + "\nHansard-Csrf: " + FakeSignIn.TOKEN);

        assertThat(answer).contains("Set-Cookie: hansard=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0\r\n");
        assertThat(admin.desks.signIn.browsers.getFirst().session()).isEqualTo(FakeSignIn.SESSION);
    }

    @Test
    void needsNoTokenForReading() throws Exception {
        HttpResponse<String> answer = admin.get("/api/v1/me", "Cookie", "hansard=" + FakeSignIn.SESSION);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"csrfToken\":\"" + FakeSignIn.TOKEN + "\"", "\"name\":\"Some One\"");
        assertThat(answer.body()).doesNotContain(FakeSignIn.SESSION);
    }

    @ParameterizedTest
    @CsvSource({
        "303, /login, navigate, document",
        "303, /login/corp, navigate, document",
        "403, /login/corp, navigate, iframe",
        "403, /login/corp, no-cors, image",
        "403, /login/corp, cors, empty",
        "403, /loginless, navigate, document",
        "403, /api/v1/me, navigate, document",
        "403, /, navigate, document",
    })
    void letsPeopleWalkToTheSignInFromElsewhere(int status, String path, String mode, String dest) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1\nHost: localhost\nSec-Fetch-Site: cross-site\nSec-Fetch-Mode: "
                + mode + "\nSec-Fetch-Dest: " + dest);

        assertThat(answer).startsWith("HTTP/1.1 " + status);
    }

    @ParameterizedTest
    @CsvSource({
        "200, hansard.example.com, https://hansard.example.com",
        "200, hansard.example.com:443, https://hansard.example.com",
        "200, HANSARD.example.com, none",
        "200, localhost:9000, http://localhost:9000",
        "403, hansard.example.com, http://hansard.example.com",
        "403, hansard.example.com, https://hansard.example.com.evil.example",
        "403, localhost, https://hansard.example.com",
        "421, hansard.example.com:444, none",
        "421, hansard.example.com.evil.example, none",
        "421, evil.example, none",
    })
    void answersForThePublicHost(int status, String host, String origin) throws Exception {
        restart(USUAL.reachedBy(PUBLIC));

        String answer =
                raw("GET /api/v1/me HTTP/1.1\nHost: " + host + (origin.equals("none") ? "" : "\nOrigin: " + origin));

        assertThat(answer).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void leavesLoopbackOnlyForPeopleWhoAreKnownOverTls() {
        var everywhere = AdminSettings.of("0.0.0.0", 0);
        admin.desks.isOpen = false;

        assertThatThrownBy(() -> RunningAdmin.start(everywhere).close()).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(
                        () -> RunningAdmin.start(everywhere.reachedBy(PUBLIC)).close())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("admin.public-url");
    }
}
