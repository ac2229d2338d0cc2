// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.policy;

import dev.hansard.boot.settings.yaml.Keys;

/** The keys of {@code policies} and {@code decisions}. */
public final class PolicyKeys {
    public static final Keys POLICY = Keys.of("policies.*", "when", "expr", "action", "approval", "observe", "message");
    public static final Keys APPROVAL =
            Keys.of("policies.*.approval", "reviewers", "count", "hold", "expires", "on-timeout", "grant", "window");
    public static final Keys APPROVALS = Keys.of("approvals", "owners", "people");
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
