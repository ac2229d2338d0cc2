// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.ports.identity.SignIn.Attempt;
import dev.hansard.ports.identity.SignIn.Outcome.Proven;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Browsers that are away at their provider. Anybody can begin an attempt, so there is a limit, and the oldest gives
 * way: refusing the newest would lock people out for as long as an attempt lives. Each is taken once, whatever comes
 * of it. Safe for any number of threads.
 */
final class SignInAttempts {
    /** How long a person may take at their provider. */
    static final Duration LIFE = Duration.ofMinutes(10);

    /** The most attempts that are under way. */
    static final int MOST = 10_000;

    private static final String STATE = "state of an attempt";
    private static final String BROWSER = "browser of an attempt";

    private final InstantSource clock;
    private final Map<String, Begun> begun = new LinkedHashMap<>();

    SignInAttempts(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * One that is under way.
     *
     * @param browser digest of what the browser has to show
     * @param proven what a posted answer proved; null when there was none. Not the answer itself, which may be large
     */
    record Begun(
            String provider,
            Attempt attempt,
            String browser,
            String returnTo,
            Instant until,
            @Nullable Proven proven) {
        Begun with(Proven outcome) {
            return new Begun(provider, attempt, browser, returnTo, until, outcome);
        }

        boolean isOf(@Nullable String shown) {
            return shown != null && Tokens.areEqual(browser, Tokens.digest(BROWSER, shown));
        }
    }

    void keep(String state, String browser, String provider, Attempt attempt, String returnTo) {
        Instant until = clock.instant().plus(LIFE);
        keep(state, new Begun(provider, attempt, Tokens.digest(BROWSER, browser), returnTo, until, null));
    }

    /** Keeps one that was taken, for a second and last step. */
    void keep(String state, Begun one) {
        synchronized (begun) {
            if (begun.size() >= MOST) {
                begun.remove(begun.keySet().iterator().next());
            }
            begun.put(Tokens.digest(STATE, state), one);
        }
    }

    /** The attempt of a state, for the last time; null when there is none, or it is too old. */
    @Nullable
    Begun take(String state) {
        Begun one;
        synchronized (begun) {
            one = begun.remove(Tokens.digest(STATE, state));
        }
        return one == null || !clock.instant().isBefore(one.until()) ? null : one;
    }
}
