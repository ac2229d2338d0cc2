// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.notify;

import dev.hansard.ports.value.InvalidValueException;
import java.time.Instant;

/**
 * Something that people should look at, until it is over.
 *
 * @param subject what it is about, such as {@code quota:payments} or {@code disk:node-1}; there is one alert of a
 *     subject at a time
 * @param level how bad it is: 1 or more, of which more is worse
 * @param state the level in a word, such as {@code 85%} or {@code low}
 * @param detail one sentence for people
 * @param since when it came to this level
 * @since 0.1
 */
public record Alert(String subject, int level, String state, String detail, Instant since) {
    /** The longest subject and the longest state. */
    public static final int LONGEST_WORD = 128;

    /** The longest detail. */
    public static final int LONGEST_DETAIL = 500;

    public Alert {
        if (subject.isBlank() || subject.length() > LONGEST_WORD || state.isBlank() || state.length() > LONGEST_WORD) {
            throw new InvalidValueException(
                    "subject and state of an alert must have 1 to " + LONGEST_WORD + " characters");
        }
        if (level < 1 || detail.length() > LONGEST_DETAIL) {
            throw new InvalidValueException(
                    "an alert must have a level of at least 1 and a detail of at most " + LONGEST_DETAIL);
        }
    }
}
