// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.rule.Unmaskable;

/**
 * Is told of what a JSON text is made of, in its order. Positions count the bytes from the first one fed; those of
 * names and strings are without the quotes.
 */
interface JsonEvents {
    /** Only checks the grammar. */
    JsonEvents NONE = new JsonEvents() {
        @Override
        public void name(long from, long to, int traits) {}

        @Override
        public void string(long from, long to, int traits) {}

        @Override
        public void number(long from, long to) {}

        @Override
        public void literal(long from, long to, boolean isNull) {}

        @Override
        public void open(long at, boolean object) {}

        @Override
        public void close(long end) {}
    };

    /**
     * A member's name.
     *
     * @param traits of {@link StringSyntax}
     */
    void name(long from, long to, int traits) throws Unmaskable;

    /**
     * A string that is a value.
     *
     * @param traits of {@link StringSyntax}
     */
    void string(long from, long to, int traits) throws Unmaskable;

    void number(long from, long to);

    void literal(long from, long to, boolean isNull);

    void open(long at, boolean object);

    /**
     * An object or array ends.
     *
     * @param end behind its bracket
     */
    void close(long end);
}
