// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.policy;

import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.value.ServiceName;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a request, and why.
 *
 * @param service the service that it is for; null when there is none
 * @param path the canonical path as the target would get it; empty when it has none
 * @param refusal what the caller would be told; null when the request would pass, or wait for an approval
 * @param action what the policies come to; null when the request would be refused before they are asked
 * @param decision what would be on record
 * @param policies each policy and what it says, in the order written
 * @since 0.1
 */
public record Explanation(
        @Nullable ServiceName service,
        String path,
        @Nullable Refusal refusal,
        @Nullable Action action,
        Decision decision,
        List<Line> policies) {
    public Explanation {
        policies = List.copyOf(policies);
    }

    /** Of a request that is refused before the policies are asked. */
    public static Explanation refused(@Nullable ServiceName service, String path, Refusal refusal) {
        return new Explanation(service, path, refusal, null, Decision.UNSAID, List.of());
    }

    /**
     * What one policy says.
     *
     * @param why what does not fit, or why it cannot be told; empty when it applies
     * @since 0.1
     */
    public record Line(String policy, Action action, boolean observe, Fit fit, String why) {}

    /**
     * Whether a policy is for a request.
     *
     * @since 0.1
     */
    public enum Fit {
        /** It is. */
        APPLIES,
        /** It is not. */
        DIFFERS,
        /** That cannot be told. */
        UNKNOWN;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
