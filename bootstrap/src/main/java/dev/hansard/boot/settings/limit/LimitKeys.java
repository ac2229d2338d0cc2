// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.limit;

import dev.hansard.boot.settings.yaml.Keys;

/** The keys of a service's limits and of its circuit. */
public final class LimitKeys {
    public static final String LIMITS_OF_SERVICE = "limits";
    public static final String CIRCUIT_OF_SERVICE = "circuit";

    static final String RATE = "rate";
    static final String BURST = "burst";
    static final String PER = "per";
    static final String IN_FLIGHT = "in-flight";
    static final String IN_FLIGHT_OF_CALLER = "per-caller-in-flight";
    static final String CALLERS = "callers";

    private static final String[] OF_LIMITS = {RATE, BURST, PER, IN_FLIGHT, IN_FLIGHT_OF_CALLER, CALLERS};

    public static final Keys LIMITS = Keys.of("services.*.limits", OF_LIMITS);

    /** One of several. */
    public static final Keys LIMIT = Keys.of("services.*.limits[]", OF_LIMITS);

    public static final Keys CIRCUIT = Keys.of("services.*.circuit", "failures", "of", "window", "open", "trials");

    private LimitKeys() {}
}
