// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was masked in one message: how often by which rule, and the first places. Belongs to one thread. */
public final class Findings {
    /** Most places that are noted of one message; all are counted. */
    public static final int MAX_PLACES = 64;

    /** Longest name of a place, in chars; what is longer is cut. */
    public static final int MAX_PLACE = 200;

    private final int maxPlaces;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<Place> places = new ArrayList<>();
    private String around = "";

    public Findings() {
        this(MAX_PLACES);
    }

    /** One that notes more or fewer places than a record has. */
    public Findings(int maxPlaces) {
        this.maxPlaces = maxPlaces;
    }

    /**
     * One masked value.
     *
     * @param at where it lies, without anything of a value: a JSON Pointer of names already masked, {@code form:name},
     *     {@code header:name}, {@code offset:123} in text
     */
    public record Place(String rule, String at) {}

    /** Whether a place would still be noted: working its name out can be saved otherwise. */
    public boolean wantsPlaces() {
        return places.size() < maxPlaces;
    }

    public void add(String rule, String at) {
        counts.merge(rule, 1, Integer::sum);
        if (wantsPlaces()) {
            String place = within(around, at);
            places.add(new Place(rule, place.length() <= MAX_PLACE ? place : place.substring(0, MAX_PLACE)));
        }
    }

    /**
     * All places from now on lie in this one, of a content that lies in another.
     *
     * @return what to give to {@link #leave} at its end
     */
    public String enter(String place) {
        String outer = around;
        around = outer.length() < MAX_PLACE ? within(outer, place) : outer;
        return outer;
    }

    public void leave(String outer) {
        around = outer;
    }

    private static String within(String around, String at) {
        boolean joined = around.isEmpty() || at.isEmpty() || at.startsWith("/");
        return joined ? around + at : around + "/" + at;
    }

    /** How far the notes go at one moment. */
    public record Mark(Map<String, Integer> counts, int places) {}

    /** The notes so far, to come back to when what is masked next turns out to be something else. */
    public Mark mark() {
        return new Mark(Map.copyOf(counts), places.size());
    }

    /** Forgets what was noted since. */
    public void backTo(Mark mark) {
        counts.clear();
        counts.putAll(mark.counts);
        places.subList(mark.places, places.size()).clear();
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** Masked values by rule. */
    public Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    public List<Place> places() {
        return List.copyOf(places);
    }
}
