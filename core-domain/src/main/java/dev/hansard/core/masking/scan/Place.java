// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import org.jspecify.annotations.Nullable;

/**
 * Where a value lies, without what differs from one message to the next, and without anything of a value.
 *
 * @param shown such as {@code /items/*}{@code /card}, {@code form:card}, {@code header:x-customer} or {@code text}
 * @param selection what selects values there by their place; null where they have none, as in a text
 */
public record Place(String shown, @Nullable Selection selection) {
    /** Somewhere in a text. */
    static final Place TEXT = new Place("text", null);
}
