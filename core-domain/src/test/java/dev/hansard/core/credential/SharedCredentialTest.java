// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hansard.core.credential.shape.Shape;
import dev.hansard.ports.credential.CredentialUnavailableException;
import dev.hansard.ports.credential.SecretReading;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedCredentialTest {
    private static final CredentialSpec SPEC = new CredentialSpec(
            "shop-bearer", new ServiceName("shop"), "bearer", Shape.Header.bearer(), Duration.ofMinutes(10));
    private final CredentialUnavailableException down =
            CredentialUnavailableException.passing("the vault cannot be reached");

    private final FakeSource source = new FakeSource();
    private final MovedTime time = new MovedTime();
    private final SharedCredential credential = new SharedCredential(SPEC, source, time.tools());

    private String value() throws CredentialUnavailableException {
        return Objects.requireNonNull(credential.version(null).values().get(SecretReading.VALUE))
                .reveal();
    }

    /** What the thread of the node does every second. */
    private void tick() {
        int before = source.reads.get();
        credential.tick();
        await().until(() -> source.reads.get() > before);
    }

    @Test
    void isReadOnceForManyCallsThatComeBeforeItWas() throws Exception {
        source.gate = new CountDownLatch(1);
        var values = new ArrayList<Future<Version>>();

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                values.add(callers.submit(() -> credential.version(null)));
            }
            await().until(() -> source.reads.get() == 1);
            source.gate.countDown();
            for (Future<Version> version : values) {
                assertThat(version.get().id()).isEqualTo(values.getFirst().get().id());
            }
        }

        assertThat(source.reads).hasValue(1);
    }

    @Test
    void swapsToANewValueAndKeepsTheOldOneForTheOverlap() throws CredentialUnavailableException {
        Version first = credential.version(null);
        source.value = "value-number-two";

        boolean changed = credential.rotate();
        Version second = credential.version(null);

        assertThat(changed).isTrue();
        assertThat(second.id()).isNotEqualTo(first.id()).matches("[a-z2-7]{10}");
        assertThat(credential.previous()).isEqualTo(first);
        time.pass(Duration.ofMinutes(10));
        assertThat(credential.previous()).isNull();
    }

    @Test
    void keepsItsVersionWhileTheValueStaysTheSame() throws CredentialUnavailableException {
        Version first = credential.version(null);

        boolean changed = credential.rotate();

        assertThat(changed).isFalse();
        assertThat(credential.version(null)).isSameAs(first);
    }

    @Test
    void readsAgainWhenItIsDueAndNotBefore() throws CredentialUnavailableException {
        value();
        source.value = "value-number-two";
        time.pass(Duration.ofSeconds(4));
        credential.tick();
        time.pass(Duration.ofSeconds(2));

        tick();

        await().until(() -> value().equals("value-number-two"));
        assertThat(source.reads).hasValue(2);
    }

    @Test
    void servesTheLastTokenToItsEndInAnOutageAndNotLonger() throws CredentialUnavailableException {
        source.goodFor = Duration.ofMinutes(5);
        source.again = Duration.ofMinutes(4);
        value();
        source.failure = down;
        time.pass(Duration.ofMinutes(4));
        tick();
        await().until(() -> credential.state().trouble() != null);

        String stillGood = value();
        time.pass(Duration.ofMinutes(1));

        assertThat(stillGood).isEqualTo("value-number-one");
        assertThatThrownBy(this::value).hasMessage("the vault cannot be reached");
        source.failure = null;
        time.pass(Duration.ofMinutes(1));
        assertThat(value()).isEqualTo("value-number-one");
    }

    @Test
    void servesAValueWithoutAnEndForAsLongAsItsSourceFails() throws CredentialUnavailableException {
        value();
        source.failure = down;
        time.pass(Duration.ofDays(30));
        tick();

        assertThat(value()).isEqualTo("value-number-one");
    }

    @Test
    void asksAFailingSourceNotByEveryCall() {
        source.failure = down;

        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(this::value).isInstanceOf(CredentialUnavailableException.class);
        }

        assertThat(source.reads).hasValue(1);
    }

    @Test
    void refusesAValueThatCannotBeSentAndKeepsTheOneBefore() throws CredentialUnavailableException {
        value();
        source.value = "new\r\nX-Evil: 1";

        credential.rotate();

        assertThat(value()).isEqualTo("value-number-one");
        assertThat(credential.state().trouble())
                .contains("characters that no field value may have")
                .doesNotContain("Evil");
    }

    @Test
    void offersAfterARefusalTheNewerOrTheOlderOrWhatTheSourceHasNow() throws CredentialUnavailableException {
        Version first = credential.version(null);
        source.value = "value-number-two";
        credential.rotate();
        Version second = credential.version(null);

        assertThat(credential.other(first, null)).isSameAs(second);
        assertThat(credential.other(second, null)).isEqualTo(first);
        time.pass(Duration.ofMinutes(11));
        source.value = "value-number-three";
        Version third = credential.other(second, null);
        assertThat(third).isNotNull().isNotEqualTo(second);
        assertThat(value()).isEqualTo("value-number-three");
    }

    @Test
    void asksItsSourceAfterRefusalsNowAndThenOnly() throws CredentialUnavailableException {
        Version only = credential.version(null);
        time.pass(Duration.ofSeconds(6));

        for (int i = 0; i < 1_000; i++) {
            assertThat(credential.other(only, null)).isNull();
        }

        assertThat(source.reads).hasValue(2);
    }

    @Test
    void tellsNobodyTheValue() throws CredentialUnavailableException {
        Version version = credential.version(null);

        assertThat(version.toString() + credential.state() + SPEC).doesNotContain("value-number-one");
    }
}
