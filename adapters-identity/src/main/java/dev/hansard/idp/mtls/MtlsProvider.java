// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.mtls;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hansard.idp.mtls.Naming.Named;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.Identification.NotMine;
import dev.hansard.ports.identity.Identification.Recognised;
import dev.hansard.ports.identity.Identification.Refused;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.identity.Presented;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Recognises whoever authenticated the connection with a certificate. That it comes from an authority of the listener
 * was verified in the handshake; here it is asked whom it names, and whether it still holds, since a connection may
 * outlive it. What a certificate says does not change, so it is read once.
 */
final class MtlsProvider implements IdentityProvider {
    /** How many certificates are remembered with what they say. */
    static final int MOST_REMEMBERED = 10_000;

    private static final Refusal ANSWER =
            new Refusal(401, "invalid_certificate", "The client certificate was not accepted.");

    private final String name;
    private final Naming naming;
    private final boolean takesUnits;
    private final InstantSource wall;
    private final Cache<X509Certificate, Reading> readings = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .executor(Runnable::run)
            .build();

    /** What a certificate says, and while it holds, both ends included (RFC 5280 section 4.1.2.5). */
    private record Reading(Identification said, long fromMillis, long untilMillis) {}

    MtlsProvider(String name, Naming naming, boolean takesUnits, InstantSource wall) {
        this.name = name;
        this.naming = naming;
        this.takesUnits = takesUnits;
        this.wall = wall;
    }

    @Override
    public Identification identify(Presented presented) {
        List<X509Certificate> chain = presented.arrival().certificates();
        if (chain.isEmpty()) {
            return NotMine.NOT_MINE;
        }
        Reading reading = readings.get(chain.getFirst(), this::read);
        long now = wall.millis();
        if (reading.said() instanceof NotMine) {
            return reading.said();
        }
        if (now < reading.fromMillis()) {
            return refused("certificate_not_yet_valid");
        }
        return now > reading.untilMillis() ? refused("expired_certificate") : reading.said();
    }

    private Reading read(X509Certificate certificate) {
        Identification said = switch (naming.name(certificate)) {
            case Named.Subject(String subject) -> recognised(subject, certificate);
            case Named.Nobody _ -> NotMine.NOT_MINE;
            case Named.Flawed(String reason) -> refused(reason);
        };
        return new Reading(
                said,
                certificate.getNotBefore().toInstant().toEpochMilli(),
                certificate.getNotAfter().toInstant().toEpochMilli());
    }

    private Identification recognised(String subject, X509Certificate certificate) {
        List<String> groups = takesUnits ? Units.of(certificate) : List.of();
        // A group left out could be the one that a policy denies.
        return groups == null ? refused("invalid_groups") : new Recognised(new Caller(name, subject, groups), Set.of());
    }

    private static Refused refused(String reason) {
        return new Refused(ANSWER, reason);
    }
}
