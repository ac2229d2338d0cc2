// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.recovery;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A value of the control data, apart from the database that it is kept in.
 *
 * @since 0.1
 */
public sealed interface ControlValue {
    /** There is none. */
    ControlValue NONE = new None();

    /**
     * Nothing.
     *
     * @since 0.1
     */
    record None() implements ControlValue {}

    /**
     * A text.
     *
     * @since 0.1
     */
    record Text(String value) implements ControlValue {}

    /**
     * A whole number.
     *
     * @since 0.1
     */
    record Whole(long value) implements ControlValue {}

    /**
     * Yes or no.
     *
     * @since 0.1
     */
    record Truth(boolean value) implements ControlValue {}

    /**
     * A point of time.
     *
     * @since 0.1
     */
    record Time(Instant value) implements ControlValue {}

    /**
     * An id of 128 bits.
     *
     * @since 0.1
     */
    record Id(UUID value) implements ControlValue {}

    /**
     * Texts in their order.
     *
     * @since 0.1
     */
    record Texts(List<String> value) implements ControlValue {
        public Texts {
            value = List.copyOf(value);
        }
    }

    /**
     * Bytes.
     *
     * @param base64 of them
     * @since 0.1
     */
    record Octets(String base64) implements ControlValue {}
}
