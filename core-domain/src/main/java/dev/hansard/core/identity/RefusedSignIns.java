// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.core.audit.Auditor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Notes refused sign-ins in the audit log. Anybody can have one refused, and each entry is a write to the disk, so that
 * only so many are noted in a minute; the next one says how many were not. Safe for any number of threads.
 */
final class RefusedSignIns {
    /** The most entries in a {@link #WINDOW}. */
    static final int MOST = 60;

    static final Duration WINDOW = Duration.ofMinutes(1);

    private final Auditor auditor;
    private final InstantSource clock;

    // Guarded by this.
    private Instant windowEnd = Instant.MIN;
    private int noted;
    private long leftOut;

    RefusedSignIns(Auditor auditor, InstantSource clock) {
        this.auditor = auditor;
        this.clock = clock;
    }

    /** Notes one, unless there were many. */
    void note(String provider, String subject, String from, String reason) {
        long missing = admit();
        if (missing >= 0) {
            String object = "sign_in " + reason + (missing == 0 ? "" : ", and " + missing + " more refused before");
            auditor.signInRefused(provider, subject, from, object);
        }
    }

    /** How many were left out before this one; -1 to leave this one out, too. */
    private synchronized long admit() {
        Instant now = clock.instant();
        if (!now.isBefore(windowEnd) || windowEnd.isAfter(now.plus(WINDOW))) {
            windowEnd = now.plus(WINDOW);
            noted = 0;
        }
        if (noted == MOST) {
            leftOut++;
            return -1;
        }
        noted++;
        long missing = leftOut;
        leftOut = 0;
        return missing;
    }
}
