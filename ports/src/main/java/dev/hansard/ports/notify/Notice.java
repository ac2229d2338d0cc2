// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.notify;

import dev.hansard.ports.value.InvalidValueException;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Something that another system is told of.
 *
 * @param type what it is about and what happened to it, such as {@code alert.raised}: words of lower case with full
 *     stops between them
 * @param at when it happened
 * @param data what is to be said of it: the text of a JSON object. It holds no payload, no token and no key
 * @since 0.1
 */
public record Notice(String type, Instant at, String data) {
    /** The longest data. */
    public static final int LONGEST_DATA = 64 * 1024;

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z-]{0,31}([.][a-z][a-z-]{0,31}){0,3}");

    public Notice {
        if (!TYPE.matcher(type).matches()) {
            throw new InvalidValueException("the type of a notice must look like alert.raised, but is '" + type + "'");
        }
        if (data.length() > LONGEST_DATA || !data.startsWith("{")) {
            throw new InvalidValueException(
                    "the data of a notice must be a JSON object of at most " + LONGEST_DATA + " characters");
        }
    }
}
