// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.session.StorageException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What is known of the days, in memory and in the file {@code state}. Owned by {@link DayFiles}, whose lock guards it.
 *
 * <p>H2 is trusted with a file only from a proper close on: after a kill it was seen to reopen with table and index in
 * disagreement. So before a file is opened for writing, its day is noted as open, durably; once it is closed, its rows
 * have been counted and it has been synced, the day is taken off. Whatever is noted as open at the start of a process
 * is dropped and indexed again. Between the two, nothing depends on when H2 writes, so that it may do so in its own
 * time.
 */
final class DayBook {
    private static final System.Logger LOG = System.getLogger(DayBook.class.getName());

    private final CatalogFolder folder;
    private final NavigableSet<LocalDate> writable = new TreeSet<>();
    private final NavigableSet<LocalDate> lost;
    /** Those that were lost once more since somebody asked, so that what is being given back may be gone too. */
    private final Set<LocalDate> lostAgain = new HashSet<>();

    private final NavigableMap<LocalDate, DayFacts> days;
    private SpoolPosition position;

    DayBook(CatalogFolder folder) {
        this.folder = folder;
        CatalogState state = folder.recover();
        this.position = state.position();
        this.lost = new TreeSet<>(state.lost());
        this.days = new TreeMap<>(state.days());
    }

    boolean holds(LocalDate day) {
        return days.containsKey(day);
    }

    DayFacts facts(LocalDate day) {
        return days.getOrDefault(day, DayFacts.EMPTY);
    }

    NavigableMap<LocalDate, DayFacts> facts() {
        return new TreeMap<>(days);
    }

    void grow(LocalDate day, UnaryOperator<DayFacts> growth) {
        days.put(day, growth.apply(facts(day)));
    }

    SpoolPosition position() {
        return position;
    }

    void moveTo(SpoolPosition next) {
        position = next;
    }

    /** Notes, before the file is opened for writing, that it is. */
    void noteOpen(LocalDate day) {
        if (!writable.add(day)) {
            return;
        }
        try {
            save();
        } catch (StorageException e) {
            writable.remove(day);
            throw e;
        }
        days.putIfAbsent(day, DayFacts.EMPTY);
    }

    /** Notes that the file is closed and as it must be. */
    void noteClosed(LocalDate day) {
        folder.sync(day);
        writable.remove(day);
        save();
    }

    /** Gives up the file of a day, which nobody has open any more. */
    void lose(LocalDate day, String reason) {
        LOG.log(
                System.Logger.Level.ERROR,
                "catalog of {0} is damaged, set aside and to be indexed again: {1}",
                day,
                reason);
        days.remove(day);
        if (!lost.add(day)) {
            lostAgain.add(day);
        }
        folder.setAside(day);
        writable.remove(day);
        save();
    }

    Set<LocalDate> lostDays() {
        lostAgain.clear();
        return Set.copyOf(lost);
    }

    void noteRebuilt(Collection<LocalDate> again) {
        var whole = new HashSet<>(again);
        whole.removeAll(lostAgain);
        if (lost.removeAll(whole)) {
            save();
        }
    }

    /** Removes days, none of which is open. Should the process stop in between, the files are taken for lost ones. */
    void forget(Set<LocalDate> gone) {
        boolean isKnown = gone.stream().anyMatch(day -> days.containsKey(day) || lost.contains(day));
        if (isKnown) {
            days.keySet().removeAll(gone);
            lost.removeAll(gone);
            lostAgain.removeAll(gone);
            save();
        }
        gone.forEach(folder::forget);
    }

    /** Removes every day; no file is open. */
    void clear() {
        var gone = new TreeSet<>(days.keySet());
        days.clear();
        lost.clear();
        position = SpoolPosition.START;
        // The files are noted as open, so that a stop in between drops them too.
        writable.addAll(gone);
        save();
        gone.forEach(folder::delete);
        writable.clear();
        save();
    }

    void save() {
        folder.write(new CatalogState(position, writable, lost, days));
    }
}
