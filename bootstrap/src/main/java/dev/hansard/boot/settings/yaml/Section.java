// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.yaml;

import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Tree.Mapping;
import dev.hansard.boot.settings.yaml.Tree.Scalar;
import dev.hansard.boot.settings.yaml.Tree.Sequence;
import dev.hansard.boot.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A mapping that is being read against the keys it may have. Opening it reports each key that is unknown or not
 * available yet; a value that does not fit is reported and read as its fallback, so that reading goes on to the next
 * mistake.
 */
public final class Section {
    private final Mapping mapping;
    private final String path;
    private final Keys keys;
    private final Problems problems;

    private Section(Mapping mapping, String path, Keys keys, Problems problems) {
        this.mapping = mapping;
        this.path = path;
        this.keys = keys;
        this.problems = problems;
        mapping.entries().forEach(this::check);
    }

    /** Reads a tree as a section; what is not a mapping is reported, and read as an empty one. */
    public static Section open(Tree tree, String path, Keys keys, Problems problems) {
        if (tree instanceof Mapping mapping) {
            return new Section(mapping, path, keys, problems);
        }
        problems.error(
                tree.at(),
                path + " must be a mapping, but is " + tree.kind(),
                "it may have " + String.join(", ", keys.available()));
        return absent(tree.at(), path, keys, problems);
    }

    /** A section that was not written: every key has its fallback. */
    public static Section absent(Position at, String path, Keys keys, Problems problems) {
        return new Section(new Mapping(at, List.of()), path, keys, problems);
    }

    private void check(Entry entry) {
        String key = entry.key();
        if (keys.available().contains(key)) {
            return;
        }
        String shown = child(Visible.quoted(key));
        String feature = keys.later().get(key);
        if (feature != null) {
            problems.error(
                    entry.at(), shown + " is not available yet", feature + " comes in a later release; remove it");
            return;
        }
        List<String> known = new ArrayList<>(keys.available());
        known.addAll(keys.later().keySet());
        String hint = Words.closest(key, known)
                .map(word -> "did you mean '" + word + "'?")
                .orElseGet(() -> "known here: " + String.join(", ", keys.available()));
        problems.error(entry.at(), "unknown key '" + Visible.quoted(key) + "'" + in(), hint);
    }

    private String in() {
        return path.isEmpty() ? "" : " in " + path;
    }

    public Position at() {
        return mapping.at();
    }

    public String path() {
        return path;
    }

    public Problems problems() {
        return problems;
    }

    /** The path of a key of this section. */
    public String child(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The value of a key, or null when it was not written. */
    public @Nullable Tree find(String key) {
        Entry entry = entry(key);
        return entry == null ? null : entry.value();
    }

    /** Where a key stands, or the section itself when it was not written. */
    public Position placeOf(String key) {
        Entry entry = entry(key);
        return entry == null ? mapping.at() : entry.at();
    }

    public boolean has(String key) {
        return entry(key) != null;
    }

    private @Nullable Entry entry(String key) {
        if (!keys.available().contains(key)) {
            throw new IllegalStateException("section " + keys.section() + " does not declare the key " + key);
        }
        return mapping.entries().stream()
                .filter(candidate -> candidate.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    /** The section under a key; an empty one when it was not written. */
    public Section section(String key, Keys itsKeys) {
        Tree value = find(key);
        return value == null
                ? absent(mapping.at(), child(key), itsKeys, problems)
                : open(value, child(key), itsKeys, problems);
    }

    /** The entries under a key whose names are the user's own. */
    public List<Entry> named(String key) {
        Tree value = find(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Mapping names) {
            return names.entries();
        }
        problems.error(value.at(), child(key) + " must be a mapping of names, but is " + value.kind());
        return List.of();
    }

    /** The items of a list; a single value is a list of one. Empty when it was not written. */
    public List<Tree> items(String key) {
        Tree value = find(key);
        return switch (value) {
            case null -> List.of();
            case Sequence list -> list.items();
            case Scalar single when single.type() != Tree.Type.NOTHING -> List.of(single);
            case Tree other -> {
                problems.error(other.at(), child(key) + " must be a list, but is " + other.kind());
                yield List.of();
            }
        };
    }

    /** Text; null when it was not written or is not text. */
    public @Nullable String text(String key) {
        Tree value = find(key);
        return value == null ? null : text(value, child(key));
    }

    /** A tree as text; null when it is not. */
    public @Nullable String text(Tree value, String itsPath) {
        if (value instanceof Scalar scalar
                && (scalar.type() == Tree.Type.TEXT || scalar.type() == Tree.Type.INTERPOLATED)) {
            if (!scalar.text().isBlank()) {
                return scalar.text();
            }
            problems.error(value.at(), itsPath + " must not be empty");
            return null;
        }
        boolean quotable = value instanceof Scalar scalar && scalar.type() != Tree.Type.NOTHING;
        String hint = quotable ? "quote it: \"" + ((Scalar) value).text() + "\"" : "";
        problems.error(value.at(), itsPath + " must be text, but is " + value.kind(), hint);
        return null;
    }

    /** A value that a function reads from its text; the fallback when it was not written or does not fit. */
    public <T extends @Nullable Object> T parsed(String key, T fallback, Function<String, T> parser) {
        Tree value = find(key);
        return value == null ? fallback : parsed(value, child(key), fallback, parser);
    }

    /** A tree's value that a function reads from its text; the fallback when it does not fit. */
    public <T extends @Nullable Object> T parsed(Tree value, String itsPath, T fallback, Function<String, T> parser) {
        if (!(value instanceof Scalar scalar)) {
            problems.error(value.at(), itsPath + " must be a single value, but is " + value.kind());
            return fallback;
        }
        try {
            return parser.apply(scalar.text());
        } catch (MisfitException e) {
            problems.error(value.at(), itsPath + " must be " + e.expected() + ", but is " + scalar.shown(), e.hint());
            return fallback;
        }
    }

    /** True or false, not in quotes. */
    public boolean truth(String key, boolean fallback) {
        if (find(key) instanceof Scalar scalar && scalar.type() == Tree.Type.TEXT) {
            problems.error(scalar.at(), child(key) + " must be true or false, but is " + scalar.shown());
            return fallback;
        }
        return parsed(key, fallback, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new MisfitException("true or false");
        });
    }

    /**
     * One of some words.
     *
     * @param choices the words that can be written, and what they mean
     * @param later the words that are refused as not available yet
     */
    public <T> T choice(String key, T fallback, Map<String, T> choices, List<String> later) {
        Tree value = find(key);
        return value == null ? fallback : choice(value, child(key), fallback, choices, later);
    }

    /** As {@link #choice(String, Object, Map, List)}, of a tree that is at hand. */
    public <T> T choice(Tree value, String itsPath, T fallback, Map<String, T> choices, List<String> later) {
        if (value instanceof Scalar scalar && later.contains(scalar.text())) {
            problems.error(
                    value.at(),
                    itsPath + " '" + scalar.text() + "' is not available yet",
                    "it comes in a later release; available: " + words(choices));
            return fallback;
        }
        return parsed(value, itsPath, fallback, text -> {
            T chosen = choices.get(text);
            if (chosen == null) {
                String hint = Words.closest(text, choices.keySet())
                        .map(word -> "did you mean '" + word + "'?")
                        .orElse("");
                throw new MisfitException("one of " + words(choices), hint);
            }
            return chosen;
        });
    }

    private static String words(Map<String, ?> choices) {
        return choices.keySet().stream().sorted().collect(Collectors.joining(", "));
    }
}
