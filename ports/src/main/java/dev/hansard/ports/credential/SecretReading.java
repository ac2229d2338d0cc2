// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.credential;

import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a source of secrets has at the moment.
 *
 * @param values the values that belong together, by what each is; one that has no parts is under {@link #VALUE}
 * @param goodFor how long they may be used from now on; null until the source has others
 * @param again when it is worth asking again
 * @since 0.1
 */
public record SecretReading(
        Map<String, Secret> values, @Nullable Duration goodFor, Duration again) {
    /** The key of a value without parts. */
    public static final String VALUE = "value";

    public SecretReading {
        values = Map.copyOf(values);
        if (values.isEmpty() || !again.isPositive()) {
            throw new InvalidValueException("a reading must have a value, and be looked at again after some time");
        }
    }

    /** A single value. */
    public static SecretReading of(Secret value, @Nullable Duration goodFor, Duration again) {
        return new SecretReading(Map.of(VALUE, value), goodFor, again);
    }
}
