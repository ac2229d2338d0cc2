// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.policy;

import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Tree.Scalar;
import dev.hansard.boot.settings.yaml.Tree.Sequence;
import dev.hansard.core.policy.NamedValue;
import dev.hansard.core.policy.PathGlob;
import dev.hansard.core.policy.TextGlob;
import dev.hansard.core.policy.TimeWindow;
import dev.hansard.core.policy.When;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.value.InvalidValueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code when} of one policy. */
final class WhenReader {
    /** How many values one condition may name. */
    private static final int MOST_VALUES = 1_000;

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}";

    private final Section section;
    private final Problems problems;

    WhenReader(Section section) {
        this.section = section;
        this.problems = section.problems();
    }

    When read() {
        return new When(
                values("service", TextGlob::new),
                labels(),
                values("method", WhenReader::method),
                values("path", PathGlob::of),
                values("caller", CallerPattern::new),
                values("group", group -> new CallerPattern(CallerPattern.GROUP + group)),
                named("header", "no-header", true),
                named("query", "no-query", false),
                values("inside", TimeWindow::parse),
                values("outside", TimeWindow::parse));
    }

    private static String method(String text) {
        if (!text.matches(TOKEN)) {
            throw new InvalidValueException("a method must be a token such as POST");
        }
        if (!text.equals(text.toUpperCase(Locale.ROOT))) {
            throw new InvalidValueException("methods are case-sensitive, and all that are registered are upper case");
        }
        return text;
    }

    private <T> List<T> values(String key, Function<String, T> reader) {
        Tree written = section.find(key);
        return written == null ? List.of() : values(written, section.child(key), reader);
    }

    private <T> List<T> values(Tree written, String path, Function<String, T> reader) {
        List<Tree> items = written instanceof Sequence list ? list.items() : List.of(written);
        var values = new ArrayList<T>();
        if (items.isEmpty() || items.size() > MOST_VALUES) {
            problems.error(written.at(), path + " must name 1 to " + MOST_VALUES + " values");
            return values;
        }
        for (Tree item : items) {
            T value = value(item, path, reader);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private <T> @Nullable T value(Tree item, String path, Function<String, T> reader) {
        // A number is a number to YAML, and text here.
        if (!(item instanceof Scalar scalar)
                || scalar.type() == Tree.Type.NOTHING
                || scalar.text().isEmpty()) {
            problems.error(item.at(), path + " must be text, but is " + item.kind());
            return null;
        }
        try {
            return reader.apply(scalar.text());
        } catch (InvalidValueException e) {
            problems.error(item.at(), path + ": " + e.getMessage());
            return null;
        }
    }

    private Map<String, TextGlob> labels() {
        var labels = new LinkedHashMap<String, TextGlob>();
        for (Entry entry : section.named("labels")) {
            TextGlob value = value(entry.value(), section.child("labels") + "." + entry.key(), TextGlob::new);
            if (value != null) {
                labels.put(entry.key(), value);
            }
        }
        return labels;
    }

    private List<NamedValue> named(String present, String absent, boolean fields) {
        var named = new ArrayList<NamedValue>();
        for (Entry entry : section.named(present)) {
            String path = section.child(present) + "." + entry.key();
            List<TextGlob> values = values(entry.value(), path, TextGlob::new);
            String name = name(entry.key(), fields);
            if (name == null) {
                problems.error(entry.at(), path + ": that is no name of a header field");
            } else if (!values.isEmpty()) {
                named.add(new NamedValue(name, values));
            }
        }
        for (String text : values(absent, Function.identity())) {
            String name = name(text, fields);
            if (name == null) {
                problems.error(
                        section.placeOf(absent),
                        section.child(absent) + ": '" + text + "' is no name of a header field");
            } else {
                named.add(new NamedValue(name, List.of()));
            }
        }
        return named;
    }

    private static @Nullable String name(String text, boolean ofField) {
        if (!ofField) {
            return text;
        }
        return text.matches(TOKEN) ? text.toLowerCase(Locale.ROOT) : null;
    }
}
