// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.yaml;

import dev.hansard.boot.settings.yaml.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gathers what is wrong with a configuration, so that all of it is said at once. Owned by one loading. */
public final class Problems {
    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(Problem::at);

    // A set: an alias is read once for each use, but its mistake was made once.
    private final Set<Problem> found = new LinkedHashSet<>();

    public void error(Position at, String message) {
        error(at, message, "");
    }

    public void error(Position at, String message, String hint) {
        found.add(new Problem(at, Severity.ERROR, message, hint));
    }

    public void warning(Position at, String message, String hint) {
        found.add(new Problem(at, Severity.WARNING, message, hint));
    }

    public boolean hasErrors() {
        return errors() > 0;
    }

    /** How many errors there are so far. */
    public int errors() {
        return (int) found.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .count();
    }

    /** Everything found, in the order of the files and of the lines in them. */
    public List<Problem> sorted() {
        List<Problem> all = new ArrayList<>(found);
        all.sort(BY_PLACE);
        return List.copyOf(all);
    }
}
