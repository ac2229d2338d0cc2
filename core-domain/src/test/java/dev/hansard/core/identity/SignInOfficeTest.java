// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Person;
import dev.hansard.ports.identity.SignIn;
import dev.hansard.ports.identity.SignInDesk.Browser;
import dev.hansard.ports.identity.SignInDesk.End;
import dev.hansard.ports.identity.SignInDesk.Start;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInOfficeTest {
    private final SignInScene scene = new SignInScene();

    @Test
    void signsInWhoProvesWhoTheyAre() {
        String attempt = scene.begin("corp");

        End end = scene.finish("corp", scene.lastState(), attempt);

        assertThat(end).isInstanceOfSatisfying(End.SignedIn.class, in -> {
            assertThat(in.returnTo()).isEqualTo("/ui?x=y");
            assertThat(scene.sessions.use(in.session().reveal())).isNotNull();
        });
        assertThat(scene.logged()).containsExactly("signed_in corp/ann browser true");
    }

    @Test
    void refusesAnAnswerWithoutAState() {
        String attempt = scene.begin("corp");

        End end = scene.office.finish("corp", Map.of("code", "c"), new Browser(attempt, null, SignInScene.FROM));

        assertRefused(end, "no_state");
    }

    @Test
    void refusesAnAnswerWithAStateThatIsNotKnown() {
        String attempt = scene.begin("corp");

        End end = scene.finish("corp", scene.lastState() + "x", attempt);

        assertRefused(end, "unknown_state");
    }

    @Test
    void refusesTheAnswerOfAnotherBrowser() {
        scene.begin("corp");
        String planted = scene.lastState();
        String attempt = scene.begin("corp");

        assertRefused(scene.finish("corp", planted, attempt), "another_browser");
        assertRefused(scene.finish("corp", scene.lastState(), null), "another_browser");
    }

    @Test
    void takesAnAnswerOnce() {
        String attempt = scene.begin("corp");
        scene.finish("corp", scene.lastState(), attempt);

        End again = scene.finish("corp", scene.lastState(), attempt);

        assertThat(again).isInstanceOf(End.Refused.class);
        assertThat(scene.answers).hasSize(1);
        assertThat(scene.logged()).last().isEqualTo("refused corp/ sign_in unknown_state false");
    }

    @Test
    void refusesTheAnswerOfAnotherProvider() {
        String attempt = scene.begin("corp");

        End end = scene.finish("partners", scene.lastState(), attempt);

        assertThat(end).isInstanceOf(End.Refused.class);
        assertThat(scene.answers).isEmpty();
        assertThat(scene.logged()).containsExactly("refused partners/ sign_in another_provider false");
    }

    @Test
    void refusesAnAnswerThatTookTooLong() {
        String attempt = scene.begin("corp");
        scene.move(SignInAttempts.LIFE);

        assertRefused(scene.finish("corp", scene.lastState(), attempt), "unknown_state");
    }

    @Test
    void forgetsTheOldestAttemptRatherThanRefuseTheNewest() {
        String first = scene.begin("corp");
        for (int i = 0; i < SignInAttempts.MOST; i++) {
            scene.begin("corp");
        }
        String last = scene.begin("corp");

        assertThat(scene.finish("corp", scene.lastState(), last)).isInstanceOf(End.SignedIn.class);
        assertRefusedNext(scene.finish("corp", scene.states.getFirst(), first));
    }

    @Test
    void notesWhyAProviderRefuses() {
        scene.outcome = new SignIn.Outcome.Refused("wrong_nonce");
        String attempt = scene.begin("corp");

        assertRefused(scene.finish("corp", scene.lastState(), attempt), "wrong_nonce");
    }

    @Test
    void letsNobodyInWithoutARole() {
        scene.outcome = new SignIn.Outcome.Proven(new Person(new Caller("corp", "bob", List.of("guests")), null, null));
        String attempt = scene.begin("corp");

        End end = scene.finish("corp", scene.lastState(), attempt);

        assertThat(end).isEqualTo(new End.Refused(AdminEntrance.NO_ROLE));
        assertThat(scene.sessions.count()).isZero();
        assertThat(scene.logged()).containsExactly("refused corp/bob sign_in no_role false");
    }

    @Test
    void takesAProviderThatFailsForOneThatIsOutOfReach() {
        String attempt = scene.begin("corp");
        scene.fails = true;

        End end = scene.finish("corp", scene.lastState(), attempt);

        assertThat(end)
                .isInstanceOfSatisfying(
                        End.Refused.class,
                        refused -> assertThat(refused.refusal().status()).isEqualTo(503));
    }

    @Test
    void givesANewSessionWithEachSignInAndEndsTheOneBefore() {
        String first = scene.signIn("planted-by-somebody");
        String second = scene.signIn(first);

        assertThat(first).isNotEqualTo("planted-by-somebody").hasSize(43);
        assertThat(second).isNotEqualTo(first);
        assertThat(scene.sessions.use(first)).isNull();
        assertThat(scene.sessions.use("planted-by-somebody")).isNull();
        assertThat(scene.sessions.use(second)).isNotNull();
    }

    @Test
    void endsTheSessionOfWhoLeaves() {
        String session = scene.signIn(null);

        scene.office.leave(new Browser(null, session, SignInScene.FROM));
        scene.office.leave(new Browser(null, session, SignInScene.FROM));

        assertThat(scene.sessions.use(session)).isNull();
        assertThat(scene.logged())
                .containsExactly("signed_in corp/ann browser true", "signed_out corp/ann browser true");
    }

    @Test
    void notesOnlySoManyRefusalsInAMinuteAndSaysHowManyMore() {
        for (int i = 0; i < RefusedSignIns.MOST + 5; i++) {
            scene.finish("corp", "x", null);
        }
        scene.move(RefusedSignIns.WINDOW);
        scene.finish("corp", "x", null);

        assertThat(scene.logged())
                .hasSize(RefusedSignIns.MOST + 1)
                .last()
                .asString()
                .contains("and 5 more");
    }

    @Test
    void keepsNoSecretInTheLog() {
        String attempt = scene.begin("corp");
        scene.finish("corp", scene.lastState(), attempt);
        scene.finish("corp", scene.lastState(), attempt);

        assertThat(String.join("\n", scene.logged())).doesNotContain(scene.lastState(), attempt);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https://evil.example",
                "evil.example",
                "",
                "javascript:alert(1)",
                "/\t/evil.example",
                "/\n/evil.example",
                " /x",
                "/x y",
                "/x#y",
                "/x\\y",
                "/x\"y",
                "/x<y",
                "/login",
                "/login/corp",
                "/login?x",
                "/logout",
                "/\u00e9"
            })
    void refusesToReturnToAnythingButAPathOfOurs(String text) {
        Start start = scene.office.begin("corp", SignInScene.BACK, text);

        assertThat(start)
                .isInstanceOfSatisfying(
                        Start.Refused.class,
                        refused -> assertThat(refused.refusal().status()).isEqualTo(400));
        assertThat(scene.states).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ui", "/?q=a", "/ui/sessions?q=status%3A500&x=/y", "/loginless", "/a//b", "/%2f%2fx"})
    void returnsToPathsOfOurs(String text) {
        assertThat(scene.office.begin("corp", SignInScene.BACK, text)).isInstanceOf(Start.Away.class);
    }

    @Test
    void knowsNoOtherProviders() {
        assertThat(scene.office.providers()).containsExactly("corp", "partners", "saml");
        assertThat(scene.office.begin("other", SignInScene.BACK, null)).isInstanceOf(Start.Refused.class);
        assertThat(scene.finish("other", "x", null)).isInstanceOf(End.Refused.class);
    }

    private void assertRefused(End end, String reason) {
        assertRefusedNext(end);
        assertThat(scene.logged()).last().isEqualTo("refused corp/ sign_in " + reason + " false");
        assertThat(scene.sessions.count()).isZero();
    }

    private static void assertRefusedNext(End end) {
        assertThat(end).isInstanceOfSatisfying(End.Refused.class, refused -> {
            assertThat(refused.refusal().status()).isEqualTo(403);
            assertThat(refused.refusal().code()).isEqualTo("sign_in_failed");
        });
    }
}
