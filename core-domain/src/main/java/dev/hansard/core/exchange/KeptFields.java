// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

/** Which fields of one message go on. All do at first; {@link FieldRules} drops some and then hands it out. */
public final class KeptFields {
    private static final long[] NONE = {};

    private final long[] more;
    private long dropped;

    KeptFields(int count) {
        // One word is enough for an ordinary message, so that it costs no array.
        more = count <= Long.SIZE ? NONE : new long[(count - 1) / Long.SIZE];
    }

    void drop(int index) {
        if (index < Long.SIZE) {
            dropped |= 1L << index;
        } else {
            more[index / Long.SIZE - 1] |= 1L << index;
        }
    }

    /** Whether the field at {@code index} of the received message is sent on. */
    public boolean keeps(int index) {
        long word = index < Long.SIZE ? dropped : more[index / Long.SIZE - 1];
        return (word >>> index & 1) == 0;
    }
}
