// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.util.List;

/**
 * What the segments take, by service and class.
 *
 * @param at when this was found
 * @since 0.1
 */
public record StorageUse(Instant at, List<Item> items) {
    public StorageUse {
        items = List.copyOf(items);
    }

    /**
     * What one class of a service takes.
     *
     * @param sessions how many there are, as far as the segments say
     * @param oldest the hour of its oldest segment
     * @param newest the hour of its newest segment
     * @param bytesPerDay how fast it grew in the last seven days
     * @param expectedBytes what it comes to when it goes on like that and each session is kept for as long as its class
     *     says; -1 when the class is not configured, so that it grows for ever
     * @since 0.1
     */
    public record Item(
            ServiceName service,
            RetentionClass retention,
            long segments,
            long sessions,
            long bytes,
            Instant oldest,
            Instant newest,
            long bytesPerDay,
            long expectedBytes) {}
}
