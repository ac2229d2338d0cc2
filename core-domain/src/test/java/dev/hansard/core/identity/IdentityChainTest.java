// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.Identification.NotMine;
import dev.hansard.ports.identity.Identification.Recognised;
import dev.hansard.ports.identity.Identification.Refused;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.identity.Presented;
import dev.hansard.ports.identity.PresentedBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentityChainTest {
    private static final Recognised BILLING = new Recognised(new Caller("a", "billing", List.of()), Set.of());
    private static final Presented CALL = PresentedBuilder.aCall().build();

    private final List<String> asked = new ArrayList<>();

    private IdentityProvider saying(String name, Identification said) {
        return new IdentityProvider() {
            @Override
            public Identification identify(Presented presented) {
                asked.add(name);
                return said;
            }

            @Override
            public List<String> challenges() {
                return List.of("Bearer realm=\"" + name + "\"");
            }
        };
    }

    @Test
    void asksInOrderUntilOneRecognises() {
        var chain = new IdentityChain(List.of(
                saying("first", NotMine.NOT_MINE), saying("second", BILLING), saying("third", NotMine.NOT_MINE)));

        Identification said = chain.identify(CALL);

        assertThat(said).isEqualTo(BILLING);
        assertThat(asked).containsExactly("first", "second");
        assertThat(chain.refusals()).isEmpty();
    }

    @Test
    void asksNoOtherAfterARefusal() {
        var chain = new IdentityChain(
                List.of(saying("first", Refused.invalidToken("Bearer", "expired")), saying("second", BILLING)));

        Identification said = chain.identify(CALL);

        assertThat(said).isInstanceOf(Refused.class);
        assertThat(asked).containsExactly("first");
        assertThat(chain.refusals()).isEqualTo(Map.of("expired", 1L));
    }

    @Test
    void challengesForEachProviderWhenNoneRecognises() {
        var chain = new IdentityChain(List.of(saying("first", NotMine.NOT_MINE), saying("second", NotMine.NOT_MINE)));

        var said = (Refused) chain.identify(CALL);

        assertThat(said.answer().status()).isEqualTo(401);
        assertThat(said.answer().code()).isEqualTo("unauthenticated");
        assertThat(said.answer().fields())
                .containsExactly(
                        new Field("WWW-Authenticate", "Bearer realm=\"first\""),
                        new Field("WWW-Authenticate", "Bearer realm=\"second\""));
        assertThat(chain.refusals()).isEqualTo(Map.of("no_provider_recognised", 1L));
    }

    @Test
    void tellsWhoeverComesWithATokenOfSomebodyElseThatItIsNotGoodHere() {
        var chain = new IdentityChain(List.of(saying("first", NotMine.NOT_MINE)));
        Presented call =
                PresentedBuilder.aCall().with("Authorization", "bearer a.b.c").build();

        var said = (Refused) chain.identify(call);

        assertThat(said.answer().code()).isEqualTo("invalid_token");
        assertThat(said.answer().fields())
                .containsExactly(new Field("WWW-Authenticate", "Bearer realm=\"first\", error=\"invalid_token\""));
        assertThat(chain.refusals()).isEqualTo(Map.of("token_of_no_provider", 1L));
    }

    @Test
    void takesAProviderThatFailsForOneThatRefuses() {
        IdentityProvider broken = _ -> {
            throw new IllegalStateException("Bearer canary-of-a-token");
        };
        var chain = new IdentityChain(List.of(broken, saying("second", BILLING)));

        var said = (Refused) chain.identify(CALL);

        assertThat(said.answer().status()).isEqualTo(503);
        assertThat(said.toString()).doesNotContain("canary");
        assertThat(asked).isEmpty();
    }

    @Test
    void takesEveryoneForAnonymousWhereThereIsNoProvider() {
        var chain = new IdentityChain(List.of());

        assertThat(chain.identify(CALL)).isEqualTo(new Recognised(Caller.ANONYMOUS, Set.of()));
    }

    @Test
    void countsOnlySoManyReasonsApart() {
        var reasons = new ArrayList<Refused>();
        for (int i = 0; i < 1_000; i++) {
            reasons.add(Refused.invalidToken("Bearer", "reason_" + i));
        }
        var next = reasons.iterator();
        var chain = new IdentityChain(List.of(_ -> next.next()));

        for (int i = 0; i < 1_000; i++) {
            chain.identify(CALL);
        }

        assertThat(chain.refusals()).hasSizeLessThanOrEqualTo(IdentityChain.MOST_REASONS + 1);
        assertThat(chain.refusals().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(1_000);
    }
}
