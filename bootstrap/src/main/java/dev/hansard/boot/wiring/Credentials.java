// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.credential.CredentialSettings;
import dev.hansard.boot.settings.credential.CredentialSettings.Configured;
import dev.hansard.core.credential.CredentialBook;
import dev.hansard.core.credential.CredentialTools;
import dev.hansard.core.credential.ExchangedCredential;
import dev.hansard.core.credential.HeldCredential;
import dev.hansard.core.credential.OnReflection;
import dev.hansard.core.credential.ServiceCredentials;
import dev.hansard.core.credential.SharedCredential;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The credentials of a node, and the thread that sees when they are due. */
final class Credentials implements AutoCloseable {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final CredentialBook book;
    private final CountDownLatch closing = new CountDownLatch(1);

    private Credentials(CredentialBook book) {
        this.book = book;
    }

    /** Reads nothing yet: the first tick does, and a call that comes before it waits. */
    static Credentials of(CredentialSettings settings, NodeClock clock) {
        var tools = new CredentialTools(clock.wall(), clock.nanos(), clock.secrets());
        Map<ServiceName, ServiceCredentials> services = new HashMap<>();
        settings.services().forEach((service, configured) -> {
            List<HeldCredential> held = held(configured, tools);
            if (!held.isEmpty()) {
                OnReflection onReflection = settings.onReflection().getOrDefault(service, OnReflection.BLOCK);
                services.put(service, new ServiceCredentials(held, onReflection));
            }
        });
        var credentials = new Credentials(new CredentialBook(services));
        if (!services.isEmpty()) {
            credentials.start();
        }
        return credentials;
    }

    private static List<HeldCredential> held(List<Configured> configured, CredentialTools tools) {
        List<HeldCredential> held = new ArrayList<>();
        for (Configured one : configured) {
            switch (one) {
                case CredentialSettings.Shared shared ->
                    held.add(new SharedCredential(shared.spec(), shared.source().open(tools.nanos()), tools));
                case CredentialSettings.PerCaller perCaller ->
                    held.add(new ExchangedCredential(
                            perCaller.spec(), perCaller.exchange().open(tools.nanos()), tools));
                case CredentialSettings.Certificate _ -> {
                    // The service's TLS has it: it is shown when a connection is made, and is in no request.
                }
            }
        }
        return held;
    }

    private void start() {
        Thread.ofPlatform().name("hansard-credentials").daemon(true).start(() -> {
            try {
                do {
                    book.tick();
                } while (!closing.await(TICK.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    CredentialBook book() {
        return book;
    }

    @Override
    public void close() {
        closing.countDown();
        book.close();
    }
}
