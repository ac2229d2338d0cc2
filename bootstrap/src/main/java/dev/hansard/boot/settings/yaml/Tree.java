// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.yaml;

import dev.hansard.boot.text.Visible;
import java.util.List;

/** A YAML document with positions, after aliases and interpolation. */
public sealed interface Tree {
    Position at();

    /** What this is, for a message to its author. */
    String kind();

    /** What YAML takes a plain scalar for. */
    enum Type {
        TEXT,
        INTEGER,
        DECIMAL,
        TRUTH,
        NOTHING,
        /** It held {@code ${...}}: the author cannot say more about it than its text. */
        INTERPOLATED
    }

    /**
     * A single value.
     *
     * @param text after interpolation; it may be a secret, so it is neither printed nor quoted unless {@link
     *     #shown()} does
     * @param source as it stands in the file
     * @param hidden whether the text came from outside the file
     */
    record Scalar(Position at, Type type, String text, String source, boolean hidden) implements Tree {
        @Override
        public String kind() {
            return switch (type) {
                case TEXT -> "text";
                case INTEGER, DECIMAL -> "a number";
                case TRUTH -> "true or false";
                case NOTHING -> "empty";
                case INTERPOLATED -> "a value from outside";
            };
        }

        /** The value for a message: quoted, but for what came from outside the file, which may be a secret. */
        public String shown() {
            if (hidden) {
                return "the value of " + source;
            }
            return type == Type.NOTHING ? "empty" : "'" + Visible.quoted(text) + "'";
        }

        @Override
        public String toString() {
            return "Scalar[" + at + " " + shown() + "]";
        }
    }

    /** A list. */
    record Sequence(Position at, List<Tree> items) implements Tree {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys and values; each key once. */
    record Mapping(Position at, List<Entry> entries) implements Tree {
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /** A key, where it stands, and its value. */
    record Entry(Position at, String key, Tree value) {}
}
