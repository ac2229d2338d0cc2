// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.value.SessionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Records that lie so close together that a search reads them at once.
 *
 * @param container spool file or segment
 * @param frames in the order in which they lie; at least one
 */
record SearchRun(String container, List<Place> frames) {
    /** Newest first. */
    static final Comparator<SearchRun> ORDER =
            Comparator.comparing(SearchRun::newest).reversed();

    /** Most bytes that are read at once; a longer record is a run by itself. */
    static final int MOST = 1024 * 1024;

    /** Bytes between two records that are rather read than asked for twice. */
    private static final int GAP = 32 * 1024;

    SearchRun {
        frames = List.copyOf(frames);
    }

    /** Where a frame lies in its container. */
    record Place(SessionId id, long offset, long length) {
        long end() {
            return offset + length;
        }
    }

    /**
     * Makes runs of frames.
     *
     * @param frames in the order in which they lie
     */
    static List<SearchRun> of(String container, List<Place> frames) {
        var runs = new ArrayList<SearchRun>();
        int to;
        for (int from = 0; from < frames.size(); from = to) {
            to = from + 1;
            while (to < frames.size()
                    && frames.get(to).offset() - frames.get(to - 1).end() <= GAP
                    && frames.get(to).end() - frames.get(from).offset() <= MOST) {
                to++;
            }
            runs.add(new SearchRun(container, frames.subList(from, to)));
        }
        return runs;
    }

    long offset() {
        return frames.getFirst().offset();
    }

    long length() {
        return frames.getLast().end() - offset();
    }

    SessionId newest() {
        SessionId newest = frames.getFirst().id();
        for (Place frame : frames) {
            newest = frame.id().compareTo(newest) > 0 ? frame.id() : newest;
        }
        return newest;
    }
}
