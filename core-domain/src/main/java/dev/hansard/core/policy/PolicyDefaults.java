// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import dev.hansard.ports.policy.Action;
import dev.hansard.ports.value.InvalidValueException;

/**
 * What holds for all policies.
 *
 * @param unmatched what happens to a request that no policy is for: allow or deny
 * @param bodyBytes how long a content may be that a policy reads
 */
public record PolicyDefaults(Action unmatched, int bodyBytes) {
    public static final int MOST_BODY_BYTES = 64 * 1024 * 1024;

    /** Everything passes that nothing stops; contents of up to 1 MiB are read. */
    public static final PolicyDefaults USUAL = new PolicyDefaults(Action.ALLOW, 1024 * 1024);

    public PolicyDefaults {
        if (unmatched == Action.REQUIRE_APPROVAL) {
            throw new InvalidValueException("requests that no policy is for are allowed or denied");
        }
        if (bodyBytes < 1 || bodyBytes > MOST_BODY_BYTES) {
            throw new InvalidValueException("a policy reads contents of 1 to " + MOST_BODY_BYTES + " bytes");
        }
    }
}
