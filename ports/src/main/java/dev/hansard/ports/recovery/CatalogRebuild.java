// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.recovery;

import java.util.List;
import java.util.Locale;

/**
 * How far a catalog has been made again.
 *
 * @param segments how many segments were read, or could not be
 * @param ofSegments how many there are
 * @param sessions rows that came back from segments; those of the spool follow by themselves
 * @param unreadable segments that gave nothing, each with the reason; at most {@link #MOST_NAMED}
 * @param trouble why it broke off; empty unless it did
 * @since 0.1
 */
public record CatalogRebuild(
        State state, long segments, long ofSegments, long sessions, List<String> unreadable, String trouble) {
    /** Segments that are named at most; more of them are only among those that were read. */
    public static final int MOST_NAMED = 1_000;

    /** Before the first. */
    public static final CatalogRebuild NEVER = new CatalogRebuild(State.NEVER, 0, 0, 0, List.of(), "");

    public CatalogRebuild {
        unreadable = List.copyOf(unreadable);
    }

    /** This far on the way. */
    public static CatalogRebuild running(long segments, long ofSegments, long sessions) {
        return new CatalogRebuild(State.RUNNING, segments, ofSegments, sessions, List.of(), "");
    }

    /** It broke off here. */
    public CatalogRebuild brokenOff(String why) {
        return new CatalogRebuild(State.BROKEN_OFF, segments, ofSegments, sessions, unreadable, why);
    }

    /**
     * Where it stands.
     *
     * @since 0.1
     */
    public enum State {
        NEVER,
        RUNNING,
        DONE,
        /** The catalog is incomplete, and has to be rebuilt once more. */
        BROKEN_OFF;

        /** As it is written: lower case with dashes. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
