// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import dev.hansard.ports.value.InvalidValueException;

/**
 * How a service's calls are recorded.
 *
 * @param bodyBytes most bytes kept of one message's content; the rest is forwarded, counted and digested. 0 or more
 * @param durability when the record is durable
 * @param onOverload what happens when the recorder has no room
 * @since 0.1
 */
public record RecordPolicy(long bodyBytes, Durability durability, OverloadAction onOverload) {
    public static final RecordPolicy DEFAULT =
            new RecordPolicy(10L * 1024 * 1024, Durability.STRICT, OverloadAction.REJECT);

    public RecordPolicy {
        if (bodyBytes < 0) {
            throw new InvalidValueException("record.body-bytes must be 0 or more, but is " + bodyBytes);
        }
    }
}
