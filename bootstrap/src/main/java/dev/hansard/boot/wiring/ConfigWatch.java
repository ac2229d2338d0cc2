// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.core.config.ConfigOffice;
import dev.hansard.ports.config.Reloading;
import dev.hansard.ports.session.StorageException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks whether the files of the configuration have changed, by their contents, and has them read again. They have to
 * look the same twice before: a file that is just being written may be a good configuration without its last policies.
 */
final class ConfigWatch implements AutoCloseable {
    /** How often it looks; a change is in force after two looks. */
    static final Duration INTERVAL = Duration.ofMillis(2_500);

    private static final System.Logger LOG = System.getLogger(ConfigWatch.class.getName());

    private final ConfigOffice office;
    private final Supplier<String> fingerprint;
    private final ScheduledExecutorService looker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("hansard-config").daemon().factory());
    private String inForce;
    private String seen;

    ConfigWatch(ConfigOffice office, Supplier<String> fingerprint) {
        this.office = office;
        this.fingerprint = fingerprint;
        this.inForce = fingerprint.get();
        this.seen = inForce;
    }

    ConfigWatch start() {
        long interval = INTERVAL.toMillis();
        ScheduledFuture<?> _ = looker.scheduleWithFixedDelay(this::look, interval, interval, TimeUnit.MILLISECONDS);
        return this;
    }

    /** Looks once. */
    void look() {
        try {
            String now = fingerprint.get();
            boolean isStill = now.equals(seen);
            seen = now;
            if (isStill && !now.equals(inForce)) {
                inForce = now;
                Reloading _ = office.reload("files changed");
            }
        } catch (StorageException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "The configuration was not read again, since the audit log cannot be written: {0}",
                    e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "The configuration could not be read again; this is a fault", e);
        }
    }

    @Override
    public void close() {
        looker.shutdownNow();
    }
}
