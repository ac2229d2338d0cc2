// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import dev.hansard.ports.session.SpoolPosition;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the catalog knows besides its rows, as the file {@code state} keeps it.
 *
 * @param position how far the spool has been indexed; true only while no day is open
 * @param open days whose files are open for writing: after a stop without a close they are not trusted
 * @param lost days whose sessions have to be indexed again
 * @param days what is known of each day that has a file
 */
record CatalogState(
        SpoolPosition position,
        NavigableSet<LocalDate> open,
        NavigableSet<LocalDate> lost,
        NavigableMap<LocalDate, DayFacts> days) {
    private static final String HEADER = "hansard-catalog 1 " + SessionTable.layout();
    private static final String FOOTER = "end";

    CatalogState {
        open = new TreeSet<>(open);
        lost = new TreeSet<>(lost);
        days = new TreeMap<>(days);
    }

    static CatalogState empty() {
        return new CatalogState(SpoolPosition.START, new TreeSet<>(), new TreeSet<>(), new TreeMap<>());
    }

    List<String> toLines() {
        var lines = new ArrayList<String>();
        lines.add(HEADER);
        lines.add("position " + position.file() + " " + position.offset());
        open.forEach(day -> lines.add("open " + day));
        lost.forEach(day -> lines.add("lost " + day));
        days.forEach((day, facts) -> lines.add("day " + day + " " + print(facts)));
        lines.add(FOOTER);
        return lines;
    }

    /**
     * The state in these lines, or empty when they are damaged or of another layout: then no day file is to be trusted.
     */
    static Optional<CatalogState> parse(List<String> lines) {
        if (lines.size() < 3
                || !lines.getFirst().equals(HEADER)
                || !lines.getLast().equals(FOOTER)) {
            return Optional.empty();
        }
        var state = empty();
        try {
            var position = SpoolPosition.START;
            for (String line : lines.subList(1, lines.size() - 1)) {
                String[] words = line.split(" ", -1);
                switch (words[0]) {
                    case "position" -> position = new SpoolPosition(Long.parseLong(words[1]), Long.parseLong(words[2]));
                    case "open" -> state.open.add(LocalDate.parse(words[1]));
                    case "lost" -> state.lost.add(LocalDate.parse(words[1]));
                    case "day" -> state.days.put(LocalDate.parse(words[1]), facts(words));
                    default -> throw new IllegalArgumentException("unknown line");
                }
            }
            return Optional.of(new CatalogState(position, state.open, state.lost, state.days));
        } catch (RuntimeException _) {
            return Optional.empty();
        }
    }

    private static String print(DayFacts facts) {
        return facts.rows() + " " + facts.firstSequence() + " " + facts.lastSequence() + " " + facts.firstMillis() + " "
                + facts.lastMillis() + " " + facts.skewMillis() + " " + String.join(",", facts.services());
    }

    private static DayFacts facts(String[] words) {
        return new DayFacts(
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]),
                Long.parseLong(words[6]),
                Long.parseLong(words[7]),
                words[8].isEmpty() ? Set.of() : Set.of(words[8].split(",", -1)));
    }
}
