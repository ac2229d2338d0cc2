// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.note;

import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.value.InvalidValueException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The head of a ledger at one time (C2SP tlog-checkpoint): which ledger, how many leaves, and their root. As
 * text it has
 * one line for each.
 *
 * @param origin name of the ledger
 * @param size how many leaves
 */
public record Checkpoint(String origin, long size, Hash root) {
    private static final int LINES = 3;
    private static final Pattern SIZE = Pattern.compile("0|[1-9]\\d{0,17}");

    /** The text that is signed. */
    public String text() {
        return origin + "\n" + size + "\n" + root + "\n";
    }

    /**
     * Reads {@link #text}; lines behind the third are left to later versions.
     *
     * @throws InvalidValueException when it is none
     */
    public static Checkpoint parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < LINES
                || lines.get(0).isEmpty()
                || !SIZE.matcher(lines.get(1)).matches()) {
            throw new InvalidValueException(
                    "a checkpoint must have three lines: the name of its ledger, a size and a hash");
        }
        return new Checkpoint(lines.get(0), Long.parseLong(lines.get(1)), Hash.parse(lines.get(2)));
    }
}
