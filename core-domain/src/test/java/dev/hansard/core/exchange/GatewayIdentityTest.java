// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.id.SessionIds;
import dev.hansard.core.identity.Admittance;
import dev.hansard.core.identity.AllowedCallers;
import dev.hansard.core.identity.IdentityChain;
import dev.hansard.ports.exchange.Admission;
import dev.hansard.ports.exchange.Admission.Admitted;
import dev.hansard.ports.exchange.Admission.Refused;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.RequestHead;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.identity.Presented;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who calls is settled before anything else is told or sent. */
class GatewayIdentityTest {
    private static final Arrival ARRIVAL = new Arrival("edge", "192.0.2.7", true);

    private final List<Presented> shown = new ArrayList<>();
    private final IdentityProvider keys = presented -> {
        shown.add(presented);
        String key = presented.head().fields().first("x-key");
        if (key == null) {
            return Identification.NotMine.NOT_MINE;
        }
        return key.equals("wrong")
                ? Identification.Refused.invalidToken("Key", "unknown_key")
                : new Identification.Recognised(new Caller("keys", key, List.of()), Set.of("x-key"));
    };
    private final CallGateway gateway = gateway();

    private CallGateway gateway() {
        InstantSource noon = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));
        var random = new Random(1);
        var allowed = new AllowedCallers(Map.of(new ServiceName("ledger"), List.of(new CallerPattern("billing"))));
        return new CallGateway(
                List.of(
                        Services.reachedBy("search", new Match(null, null, "/search", true)),
                        Services.reachedBy("ledger", new Match(null, null, "/ledger", true))),
                CallRules.of(new FieldRules(Set.of(), random)),
                new Admittance(Map.of("edge", new IdentityChain(List.of(keys))), allowed),
                ToldTargets.none(),
                null,
                new CallStamps(new NodeName("node-1"), new SessionIds(noon, random), new CallClock(noon, () -> 0)));
    }

    private Admission admit(String target, String... lines) {
        RequestHead head = Heads.request("GET", target, lines);
        return gateway.admit(head, ARRIVAL);
    }

    private static void assertRefused(Admission admission, int status, String code) {
        assertThat(admission).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal().status()).isEqualTo(status);
            assertThat(refused.refusal().code()).isEqualTo(code);
        });
    }

    @Test
    void tellsAStrangerNothingOfWhatIsThere() {
        Admission known = admit("/search/x", "Host: shop.test");
        Admission unknown = admit("/nowhere", "Host: shop.test");

        assertThat(known).isEqualTo(unknown);
        assertRefused(known, 401, "unauthenticated");
    }

    @Test
    void refusesAProofThatDoesNotHold() {
        assertRefused(admit("/search/x", "Host: shop.test", "X-Key: wrong"), 401, "invalid_token");
    }

    @Test
    void refusesACallerThatTheServiceDoesNotList() {
        assertRefused(admit("/ledger/x", "Host: shop.test", "X-Key: cart"), 403, "caller_not_allowed");
        assertThat(admit("/ledger/x", "Host: shop.test", "X-Key: billing")).isInstanceOf(Admitted.class);
    }

    @Test
    void keepsTheProofFromTheTarget() {
        var admission = (Admitted) admit("/search/x", "Host: shop.test", "X-Key: cart", "Accept: */*", "X-KEY: cart");

        assertThat(admission.call().requestPlan().keeps(1)).isFalse();
        assertThat(admission.call().requestPlan().keeps(2)).isTrue();
        assertThat(admission.call().requestPlan().keeps(3)).isFalse();
        admission.call().finish(Ending.COMPLETE);
    }

    @Test
    void showsTheProviderWhatTheCallerAskedFor() {
        admit("/search/../search/%61?q=1", "Host: Shop.test:8443");
        admit("/search/%61?q=1", "Host: Shop.test:8443");

        assertThat(shown).extracting(Presented::uri).containsOnly("https://shop.test:8443/search/a");
    }
}
