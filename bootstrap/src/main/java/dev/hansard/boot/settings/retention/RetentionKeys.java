// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.retention;

import dev.hansard.boot.settings.yaml.Keys;
import java.util.List;

/** The keys of {@code retention}. */
public final class RetentionKeys {
    static final String SERVICE = "service";

    /** What a rule may ask for; each means what it means in a query. */
    static final List<String> CONDITIONS = List.of(SERVICE, "status", "method", "path", "caller", "group");

    public static final Keys RETENTION =
            Keys.of("retention", "default", "classes", "rules", "metadata", "schedule", "quota");
    public static final Keys QUOTA = Keys.of("retention.quota", "default", "services", "alert-at", "when-full");
    public static final Keys RULE = Keys.of("retention.rules[]", "when", "class");
    public static final Keys WHEN = Keys.of("retention.rules[].when", CONDITIONS.toArray(String[]::new));

    private RetentionKeys() {}
}
