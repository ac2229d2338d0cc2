// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import dev.hansard.ports.session.StorageException;
import dev.hansard.storage.s3.Failure.Kind;
import io.minio.errors.MinioException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Sends requests: waits for each answer, sends again what can succeed in a moment, and spares a server that is down.
 * All requests may be sent twice, because each says what is to be, not what is to change.
 */
final class Requests {
    private static final int MAX_DOUBLINGS = 30;

    private final S3Settings settings;
    private final S3Limits limits;
    private final RandomGenerator random;
    private final Breaker breaker;

    Requests(S3Settings settings, LongSupplier nanos, RandomGenerator random) {
        this.settings = settings;
        this.limits = settings.limits();
        this.random = random;
        breaker = new Breaker(nanos, limits.breakAfter(), limits.rest().toNanos());
    }

    /** One request. */
    interface Request<T> {
        CompletableFuture<T> send() throws MinioException;
    }

    /** What came of a request. */
    sealed interface Outcome<T> {
        /**
         * Gives the answer, or throws what says that there is none.
         *
         * @param what the deed that failed, for people
         */
        T orThrow(String what);

        /** It succeeded. */
        record Done<T>(T answer) implements Outcome<T> {
            @Override
            public T orThrow(String what) {
                return answer;
            }
        }

        /** It failed, after all attempts. */
        record Failed<T>(Failure failure) implements Outcome<T> {
            @Override
            public T orThrow(String what) {
                throw failure.toException(what);
            }
        }
    }

    /**
     * Sends a request until it has an outcome.
     *
     * @param what the deed, for people
     * @throws StorageException at once, when the server is known to be down
     */
    <T> Outcome<T> send(String what, Request<T> request) {
        for (int attempt = 1; ; attempt++) {
            if (!breaker.allows()) {
                throw StorageException.outage(
                        what + ": " + settings.name() + " is down; it is tried again every "
                                + limits.rest().toSeconds() + " s",
                        null);
            }
            Outcome<T> outcome = once(request);
            if (!(outcome instanceof Outcome.Failed<T>(Failure failure)) || failure.kind() != Kind.PASSING) {
                breaker.succeeded();
                return outcome;
            }
            breaker.failed();
            if (attempt >= limits.attempts()) {
                return outcome;
            }
            pause(attempt, what);
        }
    }

    private <T> Outcome<T> once(Request<T> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            answer = request.send();
            return new Outcome.Done<>(answer.get(limits.call().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            answer.cancel(true);
            throw StorageException.outage("request to " + settings.name() + " was interrupted", null);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Outcome.Failed<>(Failure.of(e, settings.name()));
        } catch (ExecutionException | MinioException | RuntimeException e) {
            return new Outcome.Failed<>(Failure.of(e, settings.name()));
        }
    }

    /** Half of a pause that doubles is by chance, so that all who failed together do not come back together. */
    private void pause(int attempt, String what) {
        long longest = Math.min(
                limits.lastPause().toMillis(), limits.firstPause().toMillis() << Math.min(attempt - 1, MAX_DOUBLINGS));
        try {
            Thread.sleep(Duration.ofMillis(longest / 2 + random.nextLong(longest / 2 + 1)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw StorageException.outage(what + ": was interrupted", null);
        }
    }
}
