// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.sinks;

import dev.hansard.http.webhook.WebhookSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A sink as configured.
 *
 * @param webhook where it delivers and what
 * @param options what is written, with each default, as keys and values of the contract; no secret
 */
public record SinkSettings(String name, WebhookSettings webhook, Map<String, Object> options) {
    public SinkSettings {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
}
