// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.identity.SignIn;
import dev.hansard.ports.identity.SignInDesk.End;
import dev.hansard.ports.identity.SignInDesk.Handed;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers that a page of the provider has the browser post, so that no cookie says whose browser it is. */
class PostedAnswersTest {
    private static final String SAML = "saml";

    private final SignInScene scene = new SignInScene();

    private String handedOn() {
        return scene.post(SAML, scene.lastState()) instanceof Handed.On(String ticket) ? ticket : "";
    }

    private static void assertRefused(End end) {
        assertThat(end).isInstanceOf(End.Refused.class);
    }

    @Test
    void signsInTheBrowserThatBeganAndPosted() {
        String attempt = scene.begin(SAML);
        String ticket = handedOn();

        End end = scene.finish(SAML, ticket, attempt);

        assertThat(end)
                .isInstanceOfSatisfying(
                        End.SignedIn.class, in -> assertThat(in.returnTo()).isEqualTo("/ui?x=y"));
        assertThat(scene.logged()).containsExactly("signed_in corp/ann browser true");
    }

    @Test
    void signsNobodyInByThePostAlone() {
        scene.begin(SAML);

        assertThat(scene.post(SAML, scene.lastState())).isInstanceOf(Handed.On.class);
        assertThat(scene.sessions.count()).isZero();
    }

    /** Whoever began the attempt had somebody else sign in for it, and waits for the answer to come. */
    @Test
    void refusesWhoBeganTheAttemptWhenAnotherBrowserPosted() {
        String attackers = scene.begin(SAML);
        String state = scene.lastState();
        String ticket = handedOn();

        assertThat(ticket).isNotEqualTo(state);
        assertRefused(scene.finish(SAML, state, attackers));
        assertThat(scene.sessions.count()).isZero();
    }

    /** Somebody has the browser post an answer to an attempt of their own, so that it be signed in as them. */
    @Test
    void refusesWhoPostedWhenAnotherBrowserBeganTheAttempt() {
        scene.begin(SAML);
        String ticket = handedOn();
        String victims = scene.begin(SAML);

        assertRefused(scene.finish(SAML, ticket, victims));
        assertRefused(scene.finish(SAML, ticket, null));
        assertThat(scene.logged()).contains("refused saml/ sign_in another_browser false");
    }

    @Test
    void takesAnAnswerAndItsTicketOnce() {
        String attempt = scene.begin(SAML);
        String ticket = handedOn();

        assertThat(scene.post(SAML, scene.lastState())).isInstanceOf(Handed.Refused.class);
        assertThat(scene.finish(SAML, ticket, attempt)).isInstanceOf(End.SignedIn.class);
        assertRefused(scene.finish(SAML, ticket, attempt));
        assertThat(scene.answers).hasSize(1);
    }

    @Test
    void takesNoTicketForAState() {
        scene.begin(SAML);
        String ticket = handedOn();

        assertThat(scene.post(SAML, ticket)).isInstanceOf(Handed.Refused.class);
        assertThat(scene.answers).hasSize(1);
    }

    @Test
    void takesNoAnswerInAQueryThatShouldBePosted() {
        String attempt = scene.begin(SAML);

        assertRefused(scene.finish(SAML, scene.lastState(), attempt));
        assertThat(scene.answers).isEmpty();
        assertThat(scene.logged()).containsExactly("refused saml/ sign_in not_posted false");
    }

    @Test
    void takesNoPostForAProviderThatRedirects() {
        scene.begin("corp");

        assertThat(scene.office.post("corp", Map.of("state", scene.lastState()), SignInScene.FROM))
                .isInstanceOfSatisfying(
                        Handed.Refused.class,
                        refused -> assertThat(refused.refusal().status()).isEqualTo(405));
        assertThat(scene.office.post("nobody", Map.of(), SignInScene.FROM)).isInstanceOf(Handed.Refused.class);
    }

    @Test
    void refusesTheAnswerToAnAttemptOfAnotherProvider() {
        scene.begin("corp");

        assertThat(scene.post(SAML, scene.lastState())).isInstanceOf(Handed.Refused.class);
        assertThat(scene.answers).isEmpty();
    }

    @Test
    void forgetsAnAnswerWhoseBrowserDoesNotComeInTime() {
        String attempt = scene.begin(SAML);
        scene.move(SignInAttempts.LIFE.minusSeconds(1));
        String ticket = handedOn();
        scene.move(Duration.ofSeconds(1));

        assertRefused(scene.finish(SAML, ticket, attempt));
    }

    @Test
    void endsTheSessionWhenTheProviderWantsItToEnd() {
        Instant end = scene.now.plus(Duration.ofMinutes(10));
        scene.outcome = new SignIn.Outcome.Proven(SignInScene.ANN, end);
        String attempt = scene.begin(SAML);
        End in = scene.finish(SAML, handedOn(), attempt);
        String session = in instanceof End.SignedIn(var secret, var _) ? secret.reveal() : "";

        scene.move(Duration.ofMinutes(10).minusMillis(1));
        assertThat(scene.sessions.use(session)).isNotNull();

        scene.move(Duration.ofMillis(1));
        assertThat(scene.sessions.use(session)).isNull();
    }
}
