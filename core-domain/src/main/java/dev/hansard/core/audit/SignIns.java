// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.audit;

import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Visitor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Notes that somebody uses the admin plane: the first time, and again when {@link #REMEMBERED} has passed. API keys and
 * tokens have no sessions, so this is what a sign-in is. Safe for any number of threads.
 */
public final class SignIns {
    /** For how long somebody is not noted again. */
    static final Duration REMEMBERED = Duration.ofMinutes(10);

    /** How many are remembered; with more, the one who has been for longest is noted again sooner. */
    static final int MOST = 4_096;

    private final Auditor auditor;
    private final LongSupplier nanos;
    private final Map<String, Long> since = new LinkedHashMap<>();

    /** @param nanos elapsed time */
    public SignIns(Auditor auditor, LongSupplier nanos) {
        this.auditor = auditor;
        this.nanos = nanos;
    }

    /**
     * Somebody was let in.
     *
     * @throws dev.hansard.ports.session.StorageException when it cannot be written down; they must not go on then
     */
    public void arrived(Access access, String from) {
        String who = access.who().provider() + "/" + access.who().subject();
        if (!isNew(who)) {
            return;
        }
        boolean isNoted = false;
        try {
            String roles =
                    access.grants().stream().map(Access.Grant::role).distinct().collect(Collectors.joining(", "));
            auditor.does(new Visitor(access, from, null), AuditAction.SIGNED_IN, "as " + roles, null);
            isNoted = true;
        } finally {
            if (!isNoted) {
                forget(who);
            }
        }
    }

    private synchronized boolean isNew(String who) {
        long now = nanos.getAsLong();
        Long first = since.get(who);
        if (first != null && now - first < REMEMBERED.toNanos()) {
            return false;
        }
        since.remove(who); // So that it goes to the end of the order.
        since.put(who, now);
        if (since.size() > MOST) {
            since.remove(since.keySet().iterator().next());
        }
        return true;
    }

    private synchronized void forget(String who) {
        since.remove(who);
    }
}
