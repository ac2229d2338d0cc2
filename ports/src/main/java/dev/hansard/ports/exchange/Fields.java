// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The field lines of one message in the order received, with their case and bytes kept. It may be a view over a buffer
 * that is used again: valid until the exchange ends, for the thread that serves the exchange. {@link #toList()} copies.
 *
 * @since 0.1
 */
public interface Fields {
    int count();

    /** The name as sent, one char per byte. */
    String name(int index);

    /** The length of the name, for those who need no text of it. */
    default int nameLength(int index) {
        return name(index).length();
    }

    /** The char at {@code position} of the name, from 0, for those who need no text of it. */
    default char nameAt(int index, int position) {
        return name(index).charAt(position);
    }

    /** The value as sent without the white space around it, one char per byte. */
    String value(int index);

    /**
     * Whether the name at {@code index} is {@code lowerCaseName}, ignoring ASCII case (RFC 9110 section 5.1).
     *
     * @param lowerCaseName a name in lower-case ASCII
     */
    boolean isNamed(int index, String lowerCaseName);

    /** The first index, not before {@code from}, of a field with that name; -1 when there is none. */
    default int find(String lowerCaseName, int from) {
        for (int index = from; index < count(); index++) {
            if (isNamed(index, lowerCaseName)) {
                return index;
            }
        }
        return -1;
    }

    /** The value of the first field with that name. */
    default @Nullable String first(String lowerCaseName) {
        int index = find(lowerCaseName, 0);
        return index < 0 ? null : value(index);
    }

    /** A copy that outlives the exchange. */
    default List<Field> toList() {
        var copy = new ArrayList<Field>(count());
        for (int index = 0; index < count(); index++) {
            copy.add(new Field(name(index), value(index)));
        }
        return copy;
    }
}
