// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.CallerStatement;
import dev.hansard.ports.identity.StatementSigner;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What targets are told about who calls, for the services that want to know. A signature costs more than all else that
 * is decided on a call, so a statement is used for every call of that caller to that service for half its life; for
 * this it names no single call. Safe for any number of threads.
 */
public final class CallerStatements {
    /** How long a statement holds. */
    public static final Duration LIFE = Duration.ofSeconds(60);

    /** How many are kept; when there are more, all are made anew. */
    static final int MOST_KEPT = 10_000;

    private final NodeName node;
    private final Set<ServiceName> told;
    private final StatementSigner signer;
    private final InstantSource wall;
    private final Map<About, Kept> kept = new ConcurrentHashMap<>();

    private record About(ServiceName service, Caller caller) {}

    private record Kept(String signed, long fromMillis, long untilMillis) {
        /** Also a clock that was set back makes a new one. */
        boolean isGoodAt(long millis) {
            return millis >= fromMillis && millis < untilMillis;
        }
    }

    /**
     * Statements of a node.
     *
     * @param told the services whose targets are told
     */
    public CallerStatements(NodeName node, Set<ServiceName> told, StatementSigner signer, InstantSource wall) {
        this.node = node;
        this.told = Set.copyOf(told);
        this.signer = signer;
        this.wall = wall;
    }

    /** What the service's target is told now; null when it is not. */
    public @Nullable String about(ServiceName service, Caller caller) {
        if (!told.contains(service)) {
            return null;
        }
        var about = new About(service, caller);
        long now = wall.millis();
        Kept known = kept.get(about);
        if (known != null && known.isGoodAt(now)) {
            return known.signed();
        }
        Kept made = make(about, now);
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        kept.put(about, made);
        return made.signed();
    }

    private Kept make(About about, long now) {
        // Whole seconds, rounded down, as that is what the claims have: it must not seem to come from the future.
        Instant issued = Instant.ofEpochMilli(now).truncatedTo(ChronoUnit.SECONDS);
        var statement = new CallerStatement(node, about.service(), about.caller(), issued, issued.plus(LIFE));
        return new Kept(
                signer.sign(statement),
                issued.toEpochMilli(),
                issued.plus(LIFE.dividedBy(2)).toEpochMilli());
    }

    /** The public keys by which targets verify them. */
    public String keySet() {
        return signer.keySet();
    }
}
