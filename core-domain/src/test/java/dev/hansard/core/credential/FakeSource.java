// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential;

import dev.hansard.ports.credential.CredentialUnavailableException;
import dev.hansard.ports.credential.SecretReading;
import dev.hansard.ports.credential.SecretSource;
import dev.hansard.ports.credential.TokenExchange;
import dev.hansard.ports.value.Secret;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A source that a test holds in its hand: a value, or a failure, and maybe a wait before either. */
final class FakeSource implements SecretSource, TokenExchange {
    final AtomicInteger reads = new AtomicInteger();
    volatile String value = "value-number-one";
    volatile @Nullable CredentialUnavailableException failure;
    volatile @Nullable Duration goodFor;
    volatile Duration again = Duration.ofSeconds(5);
    volatile @Nullable CountDownLatch gate;

    @Override
    public SecretReading read() throws CredentialUnavailableException, InterruptedException {
        reads.incrementAndGet();
        CountDownLatch wait = gate;
        if (wait != null) {
            wait.await();
        }
        CredentialUnavailableException why = failure;
        if (why != null) {
            throw why;
        }
        return SecretReading.of(Secret.of(value), goodFor, again);
    }

    @Override
    public SecretReading exchange(Secret subject) throws CredentialUnavailableException, InterruptedException {
        SecretReading reading = read();
        String made =
                value + " for " + subject.reveal().length() + subject.reveal().charAt(0);
        return SecretReading.of(Secret.of(made), reading.goodFor(), again);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
