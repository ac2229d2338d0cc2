// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.policy;

import dev.hansard.boot.settings.yaml.Keys;
import java.util.Map;

/** The keys of {@code policies} and {@code decisions}. */
public final class PolicyKeys {
    public static final Keys POLICY = Keys.of("policies.*", "when", "expr", "action", "observe", "message")
            .notYet(Map.of("approval", "approval by people"));
    public static final Keys WHEN = Keys.of(
            "policies.*.when",
            "service",
            "labels",
            "method",
            "path",
            "caller",
            "group",
            "header",
            "no-header",
            "query",
            "no-query",
            "inside",
            "outside");
    public static final Keys DECISIONS = Keys.of("decisions", "unmatched", "body-bytes");

    private PolicyKeys() {}
}
