// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.audit.Refusals;
import dev.hansard.core.audit.SignIns;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.AdminGate.Entry;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.identity.Presented;
import dev.hansard.ports.identity.PresentedBuilder;
import dev.hansard.ports.identity.Scope;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdminEntranceTest {
    private static final Presented CALL = PresentedBuilder.aCall().build();
    private static final Roles ROLES =
            new Roles(List.of(new Roles.Given(Role.VIEWER, List.of("sre"), Scope.EVERYTHING)));

    private final SignInScene scene = new SignInScene();
    private Identification said = Identification.NotMine.NOT_MINE;
    private final AdminEntrance entrance = entrance(new IdentityChain(List.of(provider())), scene.sessions, ROLES);

    private AdminEntrance entrance(@Nullable IdentityChain chain, @Nullable PeopleSessions sessions, Roles roles) {
        var signIns = new SignIns(new Auditor(scene.log, () -> scene.now, false), () -> 0);
        return new AdminEntrance(chain, sessions, roles, signIns, Refusals.UNHEARD);
    }

    private IdentityProvider provider() {
        return new IdentityProvider() {
            @Override
            public Identification identify(Presented presented) {
                return said;
            }

            @Override
            public List<String> challenges() {
                return List.of("Bearer");
            }
        };
    }

    @Test
    void letsInWhoIsSignedIn() {
        String session = scene.signIn(null);

        Entry entry = entrance.enter(CALL, session);

        assertThat(entry).isInstanceOfSatisfying(Entry.Known.class, known -> {
            assertThat(known.access().who()).isEqualTo(SignInScene.ANN.caller());
            assertThat(known.signedIn()).isNotNull();
        });
    }

    @Test
    void letsACredentialDecideBeforeTheSession() {
        String session = scene.signIn(null);
        var ci = new Caller("keys", "key:ci", List.of("sre"));
        said = new Identification.Recognised(ci, Set.of());

        Entry entry = entrance.enter(CALL, session);

        assertThat(entry).isInstanceOfSatisfying(Entry.Known.class, known -> {
            assertThat(known.access().who()).isEqualTo(ci);
            assertThat(known.signedIn()).isNull();
        });
    }

    @Test
    void refusesACredentialThatDoesNotHoldBesideASession() {
        String session = scene.signIn(null);
        said = Identification.Refused.invalidToken("Bearer", "expired");

        Entry entry = entrance.enter(CALL, session);

        assertThat(entry).isInstanceOf(Entry.Stranger.class);
    }

    @Test
    void tellsStrangersHowToComeIn() {
        Entry entry = entrance.enter(CALL, "nothing");

        assertThat(entry).isInstanceOfSatisfying(Entry.Stranger.class, stranger -> {
            assertThat(stranger.refusal().status()).isEqualTo(401);
            assertThat(stranger.refusal().fields())
                    .containsExactly(
                            new Field("WWW-Authenticate", "Bearer"),
                            new Field("WWW-Authenticate", "Cookie form-action=\"/login\""));
        });
    }

    @Test
    void isOpenWhenThereIsNoWayToBeKnown() {
        var open = entrance(null, null, Roles.NONE);

        assertThat(open.isOpen()).isTrue();
        assertThat(open.enter(CALL, null)).isInstanceOf(Entry.Known.class);
        assertThat(entrance.isOpen()).isFalse();
        var forPeople = entrance(null, scene.sessions, ROLES);
        assertThat(forPeople.isOpen()).isFalse();
        assertThat(forPeople.enter(CALL, null)).isInstanceOf(Entry.Stranger.class);
    }
}
