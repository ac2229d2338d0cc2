// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

/** What becomes of a value that a rule has selected. */
public sealed interface MaskAction {
    /** Nothing is left: {@code null} in JSON, elsewhere no text. */
    record Drop() implements MaskAction {}

    /** {@code ***}. */
    record Redact() implements MaskAction {}

    /** What kind of value it was: {@code [card]}. */
    record Type(String label) implements MaskAction {
        public Type {
            if (!label.matches("[a-z0-9-]{1,32}")) {
                throw new IllegalArgumentException("a label is 1 to 32 of a-z, 0-9 and -, but is '" + label + "'");
            }
        }
    }

    /** {@code ***} and the last letters or digits, never more than half of them. */
    record KeepLast(int count) implements MaskAction {
        public static final int MAX = 16;

        public KeepLast {
            if (count < 1 || count > MAX) {
                throw new IllegalArgumentException("keep-last is 1 to " + MAX + ", but is " + count);
            }
        }
    }

    /** {@code [t:KEY:DIGEST]}: equal values of one service keep equal tokens. */
    record Token() implements MaskAction {}

    /** The label by which a kind of action is known in the configuration. */
    default String word() {
        return switch (this) {
            case Drop _ -> "drop";
            case Redact _ -> "redact";
            case Type _ -> "type";
            case KeepLast _ -> "keep-last";
            case Token _ -> "token";
        };
    }
}
