// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.sinks;

import dev.hansard.boot.settings.yaml.Keys;

/** The keys of a sink. */
public final class SinkKeys {
    public static final Keys SINK = Keys.of("sinks.*", "type", "url", "secret", "events");

    private SinkKeys() {}
}
