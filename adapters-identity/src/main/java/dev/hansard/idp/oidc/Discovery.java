// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import dev.hansard.idp.jose.Fetch;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of one issuer, fetched when somebody signs in and kept for an hour; in an outage for as long as it
 * lasts, because endpoints seldom move. Whoever comes while it is fetched waits for that, and after a failure nobody
 * tries for a few seconds. Safe for any number of threads.
 */
final class Discovery {
    static final Duration LIFE = Duration.ofHours(1);
    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(Discovery.class.getName());

    private final String owner;
    private final String issuer;
    private final Fetch fetch;
    private final Issuer.Connector connector;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock, but for the trouble, which anybody may read.
    private @Nullable Issuer held;
    private boolean asked;
    private long nextAt;
    private volatile @Nullable String trouble;

    /**
     * Nothing is fetched yet.
     *
     * @param owner name of the provider in the configuration, for messages
     */
    Discovery(String owner, String issuer, Fetch fetch, Issuer.Connector connector, LongSupplier nanos) {
        this.owner = owner;
        this.issuer = issuer;
        this.fetch = fetch;
        this.connector = connector;
        this.nanos = nanos;
    }

    /** The issuer by what it says about itself. */
    Issuer issuer() throws FaultException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!asked || nanos.getAsLong() - nextAt >= 0) {
                ask();
            }
            if (held == null) {
                throw new FaultException(Fault.ISSUER_UNREACHABLE);
            }
            return held;
        } finally {
            lock.unlock();
        }
    }

    private void ask() throws InterruptedException {
        String before = trouble;
        Duration pause = PAUSE;
        try {
            held = connector.connect(Metadata.parse(fetch.get(place()), issuer));
            trouble = null;
            pause = LIFE;
        } catch (IOException e) {
            trouble = "cannot be fetched: " + e.getMessage();
        } catch (FaultException _) {
            trouble = "is not one of this issuer with https endpoints that take S256";
        }
        asked = true;
        nextAt = nanos.getAsLong() + pause.toNanos();
        if (trouble != null && before == null) {
            LOG.log(System.Logger.Level.WARNING, String.join("; ", troubles()));
        }
    }

    private URI place() {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return URI.create(base + "/.well-known/openid-configuration");
    }

    /** What is wrong, for people who run Hansard; empty when all is well. */
    List<String> troubles() {
        String now = trouble;
        return now == null
                ? List.of()
                : List.of("identity provider " + owner + ": the discovery document " + place() + " " + now
                        + "; people may not be able to sign in");
    }
}
