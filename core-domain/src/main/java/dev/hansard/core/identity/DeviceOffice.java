// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.identity.DeviceAttempts.Waiting;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.DeviceDesk;
import dev.hansard.ports.identity.DeviceSignIn;
import dev.hansard.ports.identity.Person;
import dev.hansard.ports.identity.SignIn;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.value.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Lets people in for a command line. The provider is asked when the command line asks, and no sooner than the provider
 * wants; of two that ask at once, one hears that it has to wait. That a person approves what somebody else began cannot
 * be told from here (RFC 8628 section 5.4), which is why providers offer this only where it is configured.
 */
public final class DeviceOffice implements DeviceDesk {
    private final Map<String, DeviceSignIn> providers = new LinkedHashMap<>();
    private final PeopleSessions sessions;
    private final Roles roles;
    private final Auditor auditor;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final DeviceAttempts attempts;
    private final RefusedSignIns refused;

    /**
     * An office.
     *
     * @param providers by their names; those that offer nothing on another device are left out
     * @param random nobody may guess what it gives
     */
    public DeviceOffice(
            Map<String, SignIn> providers,
            PeopleSessions sessions,
            Roles roles,
            Auditor auditor,
            InstantSource clock,
            RandomGenerator random) {
        providers.forEach((name, signIn) -> {
            DeviceSignIn onDevice = signIn.onDevice();
            if (onDevice != null) {
                this.providers.put(name, onDevice);
            }
        });
        this.sessions = sessions;
        this.roles = roles;
        this.auditor = auditor;
        this.clock = clock;
        this.random = random;
        this.attempts = new DeviceAttempts(clock);
        this.refused = new RefusedSignIns(auditor, clock);
    }

    @Override
    public Start begin(@Nullable String provider) {
        boolean isOnlyOne = provider == null && providers.size() == 1;
        String name = isOnlyOne ? providers.keySet().iterator().next() : provider;
        DeviceSignIn signIn = name == null ? null : providers.get(name);
        if (name == null || signIn == null) {
            return new Start.Refused(noProvider());
        }
        return switch (begin(signIn)) {
            case DeviceSignIn.Beginning.Shown(var invitation, var attempt) -> {
                String secret = Tokens.make(random);
                attempts.keep(secret, name, attempt, invitation);
                yield new Start.Shown(name, invitation, Secret.of(secret));
            }
            case DeviceSignIn.Beginning.Unavailable _ -> new Start.Refused(unavailable());
        };
    }

    @SuppressWarnings("CatchingUnchecked") // A provider may throw anything; nobody gets in by that.
    private static DeviceSignIn.Beginning begin(DeviceSignIn signIn) {
        try {
            return signIn.begin();
        } catch (RuntimeException _) {
            return new DeviceSignIn.Beginning.Unavailable("provider_failed");
        }
    }

    @Override
    public Progress poll(String attempt, String from) {
        Waiting waiting = attempts.find(attempt);
        if (waiting == null) {
            return new Progress.Refused(
                    new Refusal(410, "sign_in_expired", "There is no such sign-in, or not any more; begin a new one."));
        }
        if (!waiting.lock.tryLock()) {
            return new Progress.Waiting(waiting.interval);
        }
        try {
            if (waiting.isOver || clock.instant().isBefore(waiting.nextAt)) {
                return new Progress.Waiting(waiting.interval);
            }
            return ask(waiting, attempt, from);
        } finally {
            waiting.lock.unlock();
        }
    }

    private Progress ask(Waiting waiting, String attempt, String from) {
        return switch (poll(waiting.attempt)) {
            case DeviceSignIn.Progress.Waiting(var interval) -> {
                waiting.pause(interval, clock.instant());
                yield new Progress.Waiting(interval);
            }
            case DeviceSignIn.Progress.Ended(SignIn.Outcome.Unavailable(String reason)) -> {
                // The person may have approved meanwhile, so that the attempt goes on.
                refused.note(waiting.provider, "", from, reason);
                waiting.pause(waiting.interval, clock.instant());
                yield new Progress.Waiting(waiting.interval);
            }
            case DeviceSignIn.Progress.Ended(SignIn.Outcome.Refused(String reason)) -> {
                over(waiting, attempt);
                refused.note(waiting.provider, "", from, reason);
                yield new Progress.Refused(new Refusal(
                        403, "sign_in_failed", "You could not be signed in; begin again. The audit log says why."));
            }
            case DeviceSignIn.Progress.Ended(SignIn.Outcome.Proven outcome) -> {
                over(waiting, attempt);
                yield proven(waiting.provider, outcome, from);
            }
        };
    }

    private void over(Waiting waiting, String attempt) {
        waiting.isOver = true;
        attempts.forget(attempt);
    }

    @SuppressWarnings("CatchingUnchecked") // As above.
    private static DeviceSignIn.Progress poll(DeviceSignIn.Attempt attempt) {
        try {
            return attempt.poll();
        } catch (RuntimeException _) {
            return new DeviceSignIn.Progress.Ended(new SignIn.Outcome.Unavailable("provider_failed"));
        }
    }

    private Progress proven(String provider, SignIn.Outcome.Proven outcome, String from) {
        Person person = outcome.person();
        Access access = roles.of(person.caller());
        if (access.grants().isEmpty()) {
            refused.note(provider, person.caller().subject(), from, AdminEntrance.NO_ROLE.code());
            return new Progress.Refused(AdminEntrance.NO_ROLE);
        }
        auditor.does(new Visitor(access, from, null), AuditAction.SIGNED_IN, "device", null);
        Secret token = sessions.openToken(person, outcome.until());
        Instant now = clock.instant();
        Instant end = now.plus(sessions.absolute());
        Instant latest = outcome.until();
        Instant until = latest == null || end.isBefore(latest) ? end : latest;
        return new Progress.SignedIn(person, token, now.plus(sessions.idle()), until);
    }

    @Override
    public boolean leave(String token, String from) {
        Person person = sessions.endToken(token);
        if (person == null) {
            return false;
        }
        auditor.does(new Visitor(roles.of(person.caller()), from, null), AuditAction.SIGNED_OUT, "device", null);
        return true;
    }

    private Refusal noProvider() {
        String names = String.join(", ", providers.keySet());
        return names.isEmpty()
                ? new Refusal(
                        404,
                        "no_sign_in",
                        "Nobody signs in here from a command line; no provider of admin.login has 'device: true'.")
                : new Refusal(404, "no_sign_in", "Name the provider to sign in with, which is one of: " + names + ".");
    }

    private static Refusal unavailable() {
        return new Refusal(
                503,
                "identity_unavailable",
                "The identity provider cannot be asked at the moment; try again later.",
                List.of(new Field("Retry-After", "5")));
    }
}
