// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.verify;

import dev.hansard.ports.value.SessionId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something is not as the ledger says.
 *
 * @param id of the session, when it is about one
 * @param sequence of its record; 0 when it is about none
 * @param place the container, file or leaf
 * @param text what was found, for people
 */
public record Finding(Kind kind, @Nullable SessionId id, long sequence, String place, String text) {
    /** What kind of difference. */
    public enum Kind {
        /** The checkpoint is not signed by a key that is trusted. */
        UNSIGNED,
        /** The checkpoint is signed by a key that the ledger says was replaced. */
        OLD_KEY,
        /** The ledger is shorter than it was. */
        ROLLED_BACK,
        /** The ledger has another history than the one that was signed before. */
        FORKED,
        /** A leaf is not what was signed. */
        LEAF_CHANGED,
        /** Leaves that were signed are gone. */
        LEAF_MISSING,
        /** A tile is not what follows from the leaves. */
        TILE_CHANGED,
        /** A record is not as it was entered. */
        EDITED,
        /** A record is gone, and no deletion says so. */
        MISSING,
        /** A record lies where another one belongs. */
        SWAPPED,
        /** Records do not lie in their order. */
        REORDERED,
        /** A record lies in two segments. */
        COPIED,
        /** A record was never entered. */
        UNLISTED,
        /** A container is damaged beside its records. */
        DAMAGED,
        /** The catalog shows a session otherwise than its record. */
        ROW_CHANGED,
        /** The catalog does not have a session. */
        ROW_MISSING,
        /** The catalog shows a session that no record stands behind. */
        ROW_UNLISTED;

        /** As it is written: lower case with hyphens. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static Finding of(Kind kind, String place, String text) {
        return new Finding(kind, null, 0, place, text);
    }

    @Override
    public String toString() {
        String who = id == null ? "" : " " + id;
        String where = place.isEmpty() ? "" : " in " + place;
        return kind.word() + who + where + ": " + text;
    }
}
