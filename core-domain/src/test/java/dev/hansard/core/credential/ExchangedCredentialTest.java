// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.core.credential.shape.Shape;
import dev.hansard.ports.credential.CredentialUnavailableException;
import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExchangedCredentialTest {
    private static final CredentialSpec SPEC = new CredentialSpec(
            "shop-token", new ServiceName("shop"), "token-exchange", Shape.Header.bearer(), Duration.ZERO);

    private final FakeSource exchange = new FakeSource();
    private final MovedTime time = new MovedTime();
    private final ExchangedCredential credential = new ExchangedCredential(SPEC, exchange, time.tools());

    @Test
    void givesEachCallerATokenOfItsOwnAndKeepsIt() throws CredentialUnavailableException {
        exchange.goodFor = Duration.ofMinutes(5);

        Version anna = credential.version(Secret.of("anna"));
        Version bert = credential.version(Secret.of("bertram"));

        assertThat(anna.values()).isNotEqualTo(bert.values());
        assertThat(credential.version(Secret.of("anna"))).isSameAs(anna);
        assertThat(exchange.reads).hasValue(2);
    }

    @Test
    void getsAnotherTokenWhenTheOneBeforeIsOver() throws CredentialUnavailableException {
        exchange.goodFor = Duration.ofMinutes(5);
        Version first = credential.version(Secret.of("anna"));
        time.pass(Duration.ofMinutes(5));

        Version second = credential.version(Secret.of("anna"));

        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void refusesWhoBringsNoToken() {
        assertThatThrownBy(() -> credential.version(null))
                .isInstanceOfSatisfying(
                        CredentialUnavailableException.class,
                        e -> assertThat(e.isRefused()).isTrue());
    }

    @Test
    void remembersARefusalForAMoment() throws CredentialUnavailableException {
        exchange.failure = CredentialUnavailableException.refused("access_denied");
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> credential.version(Secret.of("anna"))).hasMessage("access_denied");
        }
        int asked = exchange.reads.get();
        exchange.failure = null;
        time.pass(Duration.ofSeconds(5));

        credential.version(Secret.of("anna"));

        assertThat(asked).isEqualTo(1);
    }

    @Test
    void keepsNoMoreTokensThanItsLimit() throws CredentialUnavailableException {
        exchange.goodFor = Duration.ofMinutes(5);
        for (int i = 0; i <= ExchangedCredential.MOST; i++) {
            credential.version(Secret.of("caller-" + i));
        }
        int before = exchange.reads.get();

        credential.version(Secret.of("caller-1"));
        credential.version(Secret.of("caller-0"));

        assertThat(exchange.reads.get() - before).isEqualTo(1);
    }

    @Test
    void getsAnotherOneAfterTheTargetHasRefusedIt() throws CredentialUnavailableException {
        exchange.goodFor = Duration.ofMinutes(5);
        Secret anna = Secret.of("anna");
        Version first = credential.version(anna);

        Version atOnce = credential.other(first, anna);
        time.pass(Duration.ofSeconds(6));
        Version later = credential.other(first, anna);

        assertThat(atOnce).isNull();
        assertThat(later).isNotNull();
        assertThat(later.id()).isNotEqualTo(first.id());
    }
}
