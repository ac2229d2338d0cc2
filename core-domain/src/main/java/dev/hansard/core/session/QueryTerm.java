// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import dev.hansard.ports.session.InvalidQueryException;
import java.util.ArrayList;
import java.util.List;

/**
 * One {@code key:value,value} of a query, not yet understood.
 *
 * @param position index of the first character in the query
 */
record QueryTerm(String key, int position, List<Value> values) {
    QueryTerm {
        values = List.copyOf(values);
    }

    /**
     * One value of a term.
     *
     * @param quoted whether it stood in quotes
     */
    record Value(String text, boolean quoted, int position) {}

    /** The values as one, for a key to which a comma is an ordinary character. */
    Value whole() {
        if (values.size() == 1) {
            return values.getFirst();
        }
        var text = new StringBuilder();
        values.forEach(value -> text.append(text.isEmpty() ? "" : ",").append(value.text()));
        return new Value(text.toString(), true, values.getFirst().position());
    }

    /** Cuts a query into terms: white space between them, and values in double quotes with \" and \\. */
    static List<QueryTerm> read(String query) {
        if (query.length() > QueryParser.MAX_LENGTH) {
            throw new InvalidQueryException(
                    "the query must have at most " + QueryParser.MAX_LENGTH + " characters, but has " + query.length(),
                    QueryParser.MAX_LENGTH);
        }
        return new Cutter(query).terms();
    }

    /** Walks over the query once. */
    private static final class Cutter {
        private final String query;
        private int at;

        Cutter(String query) {
            this.query = query;
        }

        List<QueryTerm> terms() {
            var terms = new ArrayList<QueryTerm>();
            skipBlanks();
            while (at < query.length()) {
                if (terms.size() == QueryParser.MAX_TERMS) {
                    throw new InvalidQueryException(
                            "the query must have at most " + QueryParser.MAX_TERMS + " terms", at);
                }
                terms.add(term());
                skipBlanks();
            }
            return terms;
        }

        private void skipBlanks() {
            while (at < query.length() && Character.isWhitespace(query.charAt(at))) {
                at++;
            }
        }

        private boolean ends(String delimiters) {
            return at == query.length()
                    || Character.isWhitespace(query.charAt(at))
                    || delimiters.indexOf(query.charAt(at)) >= 0;
        }

        private QueryTerm term() {
            int start = at;
            while (!ends(":\"")) {
                at++;
            }
            String key = query.substring(start, at);
            if (at == query.length() || query.charAt(at) != ':' || key.isEmpty()) {
                throw new InvalidQueryException(
                        "'" + (key.isEmpty() ? query.substring(at, at + 1) : key)
                                + "' has no key; write key:value, such as service:payments",
                        start);
            }
            var values = new ArrayList<Value>();
            do {
                at++;
                if (values.size() == QueryParser.MAX_VALUES) {
                    throw new InvalidQueryException(
                            "'" + key + "' must have at most " + QueryParser.MAX_VALUES + " values", at);
                }
                values.add(value(key));
            } while (at < query.length() && query.charAt(at) == ',');
            return new QueryTerm(key, start, values);
        }

        private Value value(String key) {
            int start = at;
            if (at < query.length() && query.charAt(at) == '"') {
                return quoted(start);
            }
            while (!ends(",\"")) {
                at++;
            }
            if (at < query.length() && query.charAt(at) == '"') {
                throw new InvalidQueryException("a quote must stand around the whole value of '" + key + "'", at);
            }
            if (at == start) {
                throw new InvalidQueryException("'" + key + "' lacks a value", start);
            }
            return new Value(query.substring(start, at), false, start);
        }

        private Value quoted(int start) {
            var text = new StringBuilder();
            for (at++; at < query.length() && query.charAt(at) != '"'; at++) {
                boolean escape = query.charAt(at) == '\\' && at + 1 < query.length();
                at += escape ? 1 : 0;
                text.append(query.charAt(at));
            }
            if (at == query.length()) {
                throw new InvalidQueryException("the quote is not closed", start);
            }
            at++;
            if (!ends(",")) {
                throw new InvalidQueryException("a closing quote must be followed by a comma or a blank", at);
            }
            return new Value(text.toString(), true, start);
        }
    }
}
