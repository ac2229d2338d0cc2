// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.idp.jose.KeyLookup.Known;
import dev.hansard.idp.jose.KeyLookup.OutOfReach;
import dev.hansard.idp.jose.KeyLookup.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyringTest {
    private static final SigningKey OLD = SigningKey.ec("old");
    private static final SigningKey NEW = SigningKey.ec("new");
    private static final Instant LONG_AGO = MovedClock.NOON.minusSeconds(600);
    private static final Duration LAST_GOOD = Duration.ofHours(24);

    private final MovedClock clock = new MovedClock();
    private final Published published = Published.keys(OLD);
    private final Keyring keys = keyring(LAST_GOOD);

    private Keyring keyring(Duration lastGood) {
        return new Keyring("workloads", published.publication(), Duration.ofMinutes(5), lastGood, clock.surroundings());
    }

    @AfterEach
    void closeKeys() {
        keys.close();
    }

    private KeyLookup find(String id) {
        return keys.find(id, SignatureAlgorithm.ES256, LONG_AGO);
    }

    private Keyring started() {
        keys.start();
        await().until(() -> keys.generation() > 0);
        return keys;
    }

    @Test
    void makesCallsWaitForTheFirstKeys() throws Exception {
        var held = new CountDownLatch(1);
        published.holdUp(held);
        keys.start();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<KeyLookup> waiting = threads.submit(() -> find("old"));
            await().until(() -> published.asked() == 1);
            held.countDown();

            assertThat(waiting.get()).isInstanceOf(Known.class);
        }
    }

    @Test
    void doesNotWaitForKeysThatCouldNotBeFetched() throws InterruptedException {
        published.goDown();
        keys.refresh();

        assertThat(find("old")).isInstanceOf(OutOfReach.class);
        assertThat(keys.generation()).isEqualTo(-1);
    }

    @Test
    void fetchesForAKeyThatIsNotThereYet() {
        started();
        published.publish(OLD, NEW);

        assertThat(find("new")).isInstanceOf(Known.class);
        assertThat(published.asked()).isEqualTo(2);
    }

    @Test
    void fetchesOnceForAllWhoAskAtOnce() throws Exception {
        started();
        published.publish(OLD, NEW);
        var held = new CountDownLatch(1);
        published.holdUp(held);
        Callable<KeyLookup> asking = () -> find("new");

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    Stream.generate(() -> threads.submit(asking)).limit(200).toList();
            await().until(() -> published.asked() == 2);
            held.countDown();

            for (var answer : answers) {
                assertThat(answer.get()).isInstanceOf(Known.class);
            }
        }
        assertThat(published.asked()).isEqualTo(2);
    }

    @Test
    void fetchesOnceInHalfAMinuteForTenThousandUnknownKeys() {
        started();

        var answers = IntStream.range(0, 10_000).mapToObj(number -> find("unknown-" + number));

        assertThat(answers).allMatch(Unknown.class::isInstance);
        assertThat(published.asked()).isEqualTo(2);

        clock.move(Duration.ofSeconds(30));
        assertThat(find("unknown")).isInstanceOf(Unknown.class);
        assertThat(find("unknown")).isInstanceOf(Unknown.class);
        assertThat(published.asked()).isEqualTo(3);
    }

    @Test
    void doesNotCallAKeyUnknownThatMayBeNewerThanWhatWasFetched() {
        started();
        assertThat(find("unknown")).isInstanceOf(Unknown.class);
        published.publish(OLD, NEW);
        clock.move(Duration.ofSeconds(5));

        var issuedNow = keys.find("new", SignatureAlgorithm.ES256, clock.now());

        assertThat(issuedNow).isInstanceOf(OutOfReach.class);
        clock.move(Duration.ofSeconds(25));
        assertThat(keys.find("new", SignatureAlgorithm.ES256, clock.now())).isInstanceOf(Known.class);
    }

    @Test
    void countsOnlySetsThatDiffer() throws InterruptedException {
        keys.refresh();
        long first = keys.generation();

        keys.refresh();
        assertThat(keys.generation()).isEqualTo(first);

        published.publish(NEW);
        keys.refresh();
        assertThat(keys.generation()).isEqualTo(first + 1);
        assertThat(keys.find(null, SignatureAlgorithm.ES256, LONG_AGO)).isInstanceOf(Known.class);
    }

    @Test
    void believesTheLastGoodKeysUntilTheLimit() throws InterruptedException {
        keys.refresh();
        published.goDown();
        clock.move(LAST_GOOD.minusSeconds(1));
        assertThat(keys.refresh()).isFalse();

        assertThat(find("old")).isInstanceOf(Known.class);
        assertThat(keys.troubles())
                .containsExactly("identity provider workloads: the key set of " + Published.PLACE
                        + " cannot be fetched: connection refused;"
                        + " the last good keys are 1439 min old and hold for 1440 min");

        clock.move(Duration.ofSeconds(1));
        assertThat(find("old")).isInstanceOf(OutOfReach.class);
        assertThat(keys.generation()).isEqualTo(-1);
        assertThat(keys.troubles().getFirst()).endsWith("its tokens cannot be verified and are answered with 503");

        published.comeUp();
        assertThat(keys.refresh()).isTrue();
        assertThat(find("old")).isInstanceOf(Known.class);
        assertThat(keys.troubles()).isEmpty();
    }

    @Test
    void believesNothingAfterAFailureWhenStrict() throws InterruptedException {
        try (var strict = keyring(Duration.ZERO)) {
            strict.refresh();
            assertThat(strict.generation()).isEqualTo(1);

            published.goDown();
            strict.refresh();

            assertThat(strict.generation()).isEqualTo(-1);
        }
    }

    @Test
    void keepsTheLastGoodKeysWhenASetIsNotBelievable() throws InterruptedException {
        keys.refresh();
        for (String bad : List.of("{\"keys\":[]}", "{}", "<html>", Published.set(NEW, NEW))) {
            published.publish(bad);

            assertThat(keys.refresh()).as(bad).isFalse();
            assertThat(find("old")).as(bad).isInstanceOf(Known.class);
            assertThat(keys.troubles()).as(bad).hasSize(1);
        }
    }

    @Test
    void goesOnAfterAnErrorThatNobodyThoughtOf() throws InterruptedException {
        KeyPublication broken = KeyPublication.at(Published.PLACE, _ -> {
            throw new IllegalStateException("a bug");
        });
        try (var ring = new Keyring("w", broken, Duration.ofMinutes(5), LAST_GOOD, clock.surroundings())) {
            assertThat(ring.refresh()).isFalse();
            assertThat(ring.troubles().getFirst()).contains("cannot be read: IllegalStateException");
        }
    }

    @Test
    void leavesNoThreadBehindEvenAmidAFetch() throws Exception {
        published.holdUp(new CountDownLatch(1));
        keys.start();
        await().until(() -> published.asked() == 1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<KeyLookup> waiting = threads.submit(() -> find("old"));

            keys.close();

            assertThat(waiting.get()).isInstanceOf(OutOfReach.class);
            assertThat(keys.isEnded()).isTrue();
        }
    }
}
