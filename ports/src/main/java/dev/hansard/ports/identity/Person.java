// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.value.InvalidValueException;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who signed in with a browser.
 *
 * @param caller who that is; what may be done hangs on this alone
 * @param name what people call them, for showing; null when the provider does not say
 * @param email for showing; null when the provider does not say
 * @since 0.1
 */
public record Person(
        Caller caller, @Nullable String name, @Nullable String email) {
    /** The longest name or address. */
    public static final int LONGEST_TEXT = 256;

    public Person {
        if ((name != null && name.length() > LONGEST_TEXT) || (email != null && email.length() > LONGEST_TEXT)) {
            throw new InvalidValueException("a person's name and e-mail must have at most " + LONGEST_TEXT + " chars");
        }
    }
}
