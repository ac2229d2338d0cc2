// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.audit.InMemoryAuditLog;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.OwnDesk;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.TokenGrant;
import dev.hansard.ports.value.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenOfficeTest {
    private static final Caller SHOP = new Caller("corp", "shop", List.of());
    private static final List<String> FORM = List.of("application/x-www-form-urlencoded");
    private static final Arrival ARRIVAL = new Arrival("edge", "192.0.2.7", false);

    private final InMemoryAuditLog log = new InMemoryAuditLog();
    private final List<String> refused = new ArrayList<>();
    private TokenGrant.Outcome outcome =
            new TokenGrant.Outcome.Granted(SHOP, Secret.of("header.claims.code"), Duration.ofMinutes(5));

    private final TokenOffice office = new TokenOffice(
            List.of(new Grant(new TokenGrant.Outcome.NotMine()), new Grant(null)),
            new Auditor(log, () -> Instant.EPOCH, false),
            (listener, reason, from) -> refused.add(listener + " " + reason + " " + from));

    /** Says what it was made to say, or what the test says. */
    private final class Grant implements TokenGrant {
        private final @Nullable Outcome always;

        Grant(@Nullable Outcome always) {
            this.always = always;
        }

        @Override
        public String type() {
            return "urn:x:proof";
        }

        @Override
        public String parameter() {
            return "proof";
        }

        @Override
        public Outcome grant(Secret proof, String from) {
            return always == null ? outcome : always;
        }
    }

    private OwnDesk.Reply ask(List<String> types, String form) {
        return office.desk(ARRIVAL, types).answer(form.getBytes(StandardCharsets.UTF_8));
    }

    private OwnDesk.Reply ask() {
        return ask(FORM, "grant_type=urn%3Ax%3aproof&proof=a%2Bb&empty=");
    }

    @Test
    void givesATokenThatIsInTheLogBefore() {
        OwnDesk.Reply reply = ask();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.content())
                .isEqualTo("{\"access_token\":\"header.claims.code\",\"token_type\":\"Bearer\",\"expires_in\":300}");
        assertThat(log.since(0, 10)).singleElement().satisfies(entry -> {
            assertThat(entry.event().action().word()).isEqualTo("token_issued");
            assertThat(entry.event().actor()).isEqualTo("shop");
            assertThat(entry.event().object()).isEqualTo("edge");
        });
        assertThat(refused).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "proof=a",
                "grant_type=urn:x:proof",
                "grant_type=urn:x:proof&proof=",
                "grant_type=urn:x:proof&proof=a&proof=b",
                "grant_type=urn:x:proof&proof=%zz",
                "grant_type=urn:x:proof&proof=%4",
                "grant_type=urn:x:proof&proof=%ff",
                "grant_type=urn:x:proof&proof=a b",
            })
    void refusesWhatIsNoSuchForm(String form) {
        assertThat(ask(FORM, form).content()).isEqualTo("{\"error\":\"invalid_request\"}");
        assertThat(log.since(0, 10)).isEmpty();
    }

    @Test
    void refusesAnotherMediaTypeOrTwo() {
        String form = "grant_type=urn:x:proof&proof=a";

        assertThat(ask(List.of("application/json"), form).status()).isEqualTo(400);
        assertThat(ask(List.of(), form).status()).isEqualTo(400);
        assertThat(ask(List.of(FORM.getFirst(), FORM.getFirst()), form).status())
                .isEqualTo(400);
        assertThat(ask(List.of("Application/X-WWW-form-urlencoded; charset=utf-8"), form)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void saysWhichGrantsItDoesNotHave() {
        assertThat(ask(FORM, "grant_type=password&proof=a").content())
                .isEqualTo("{\"error\":\"unsupported_grant_type\"}");
        assertThat(ask(FORM, "grant_type=urn:x:proof&proof=a&scope=all").content())
                .isEqualTo("{\"error\":\"invalid_scope\"}");
        assertThat(refused).containsExactly("edge unsupported_grant_type 192.0.2.7", "edge no_scopes_here 192.0.2.7");
    }

    @Test
    void tellsNothingOfWhyAProofDoesNotHold() {
        outcome = new TokenGrant.Outcome.Denied(TokenGrant.Problem.INVALID_GRANT, "replayed");
        String replayed = ask().content();
        outcome = new TokenGrant.Outcome.NotMine();
        String unknown = ask().content();

        assertThat(List.of(replayed, unknown)).containsOnly("{\"error\":\"invalid_grant\"}");
        assertThat(refused).containsExactly("edge replayed 192.0.2.7", "edge unknown_issuer 192.0.2.7");
    }

    @Test
    void tellsWhenToTryAgain() {
        outcome = new TokenGrant.Outcome.Limited(Duration.ofSeconds(42));
        OwnDesk.Reply limited = ask();
        outcome = new TokenGrant.Outcome.Unavailable("metadata_unavailable");
        OwnDesk.Reply unavailable = ask();

        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.fields()).contains(new Field("Retry-After", "42"));
        assertThat(unavailable.status()).isEqualTo(503);
        assertThat(refused).containsExactly("edge too_many_exchanges 192.0.2.7", "edge metadata_unavailable 192.0.2.7");
    }
}
