// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json.select;

import dev.hansard.core.masking.json.select.Selector.Step;
import dev.hansard.core.masking.rule.NameRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one selector: a name, a JSON Pointer (RFC 6901) in which {@code *} stands for any child, or the part of
 * JSONPath (RFC 9535) that can be followed while the bytes come in. Names are folded, since that is how they are
 * compared.
 */
final class SelectorParser {
    /** Longest path; what nests deeper is never recorded. */
    static final int MAX_STEPS = 64;

    private static final String ALLOWED =
            "a path has .name, ['name'], [n], [*], .* and the same after .., as in $..['name']";

    private final String text;
    private final List<Step> steps = new ArrayList<>();
    private int at;

    private SelectorParser(String text) {
        this.text = text;
    }

    /** What is wrong at which column, from 1. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        final int column;
        final String what;

        Refused(int column, String what) {
            super(what);
            this.column = column;
            this.what = what;
        }
    }

    static List<Step> parse(String text) throws Refused {
        var parser = new SelectorParser(text);
        if (text.isEmpty()) {
            throw new Refused(1, "is empty; write a name, a JSON Pointer like /a/b, or a path like $.a.b");
        }
        switch (text.charAt(0)) {
            case '/' -> parser.pointer();
            case '$' -> parser.path();
            default -> parser.steps.add(Step.name(true, NameRules.folded(text)));
        }
        if (parser.steps.size() > MAX_STEPS) {
            throw new Refused(
                    1, "has " + parser.steps.size() + " steps, but contents nest " + MAX_STEPS + " deep at most");
        }
        return parser.steps;
    }

    private void pointer() throws Refused {
        while (at < text.length()) {
            int end = text.indexOf('/', at + 1);
            end = end < 0 ? text.length() : end;
            String token = text.substring(at + 1, end);
            steps.add(token.equals("*") ? Step.any(false) : token(token));
            at = end;
        }
    }

    private Step token(String token) throws Refused {
        for (int tilde = token.indexOf('~'); tilde >= 0; tilde = token.indexOf('~', tilde + 1)) {
            char next = tilde + 1 < token.length() ? token.charAt(tilde + 1) : ' ';
            if (next != '0' && next != '1') {
                throw new Refused(at + tilde + 2, "has a ~ that is not ~0 (for ~) or ~1 (for /)");
            }
        }
        String name = token.replace("~1", "/").replace("~0", "~");
        // RFC 6901, 4: whether it is a name or an index depends on what it is applied to.
        int index = token.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(token) : Selector.NO_INDEX;
        return new Step(false, false, true, NameRules.folded(name), index);
    }

    private void path() throws Refused {
        at = 1;
        while (at < text.length()) {
            boolean descend = text.startsWith("..", at);
            at += descend ? 2 : 0;
            if (peek() == '[') {
                bracket(descend);
            } else if (descend || peek() == '.') {
                at += descend ? 0 : 1;
                dotted(descend);
            } else {
                throw unexpected();
            }
        }
    }

    private void dotted(boolean descend) throws Refused {
        if (peek() == '*') {
            at++;
            steps.add(Step.any(descend));
            return;
        }
        int start = at;
        while (at < text.length() && isNameChar(text.charAt(at), at > start)) {
            at++;
        }
        if (at == start) {
            throw unexpected();
        }
        if (peek() == '-') {
            throw new Refused(at + 1, "has a '-' in a name after a dot; write ['first-name'] for such names");
        }
        steps.add(Step.name(descend, NameRules.folded(text.substring(start, at))));
    }

    /** RFC 9535, 2.5.1.1. */
    private static boolean isNameChar(char c, boolean mayBeDigit) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || c >= 0x80
                || (mayBeDigit && c >= '0' && c <= '9');
    }

    private void bracket(boolean descend) throws Refused {
        at++;
        skipBlanks();
        char first = peek();
        if (first == '\'' || first == '"') {
            steps.add(Step.name(descend, NameRules.folded(quoted(first))));
        } else if (first == '*') {
            at++;
            steps.add(Step.any(descend));
        } else {
            steps.add(Step.index(descend, index()));
        }
        skipBlanks();
        if (peek() != ']') {
            throw unexpected();
        }
        at++;
    }

    private int index() throws Refused {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        String digits = text.substring(start, at);
        if (digits.isEmpty()) {
            throw peek() == '-'
                    ? new Refused(at + 1, "counts from the end, which is not known yet when a value is masked")
                    : unexpected();
        }
        if (!digits.matches("0|[1-9][0-9]{0,8}")) {
            throw new Refused(start + 1, "has the index " + digits + ", but an index is 0 to 999999999");
        }
        return Integer.parseInt(digits);
    }

    private String quoted(char quote) throws Refused {
        var name = new StringBuilder();
        int start = at++;
        while (peek() != quote) {
            if (at >= text.length()) {
                throw new Refused(start + 1, "has a quote that is never closed");
            }
            char c = text.charAt(at++);
            name.append(c == '\\' ? escaped(quote) : c);
        }
        at++;
        return name.toString();
    }

    private char escaped(char quote) throws Refused {
        char c = peek();
        at++;
        int known = "btnfr/\\".indexOf(c);
        if (c == quote) {
            return c;
        }
        if (known >= 0) {
            return "\b\t\n\f\r/\\".charAt(known);
        }
        if (c == 'u' && text.substring(at).matches("(?s)[0-9a-fA-F]{4}.*")) {
            at += 4;
            return (char) Integer.parseInt(text, at - 4, at, 16);
        }
        throw new Refused(at - 1, "has an escape that JSONPath does not know");
    }

    private void skipBlanks() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            at++;
        }
    }

    /** NUL at the end, which stands in no path. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private Refused unexpected() {
        String found = at < text.length() ? "has '" + text.charAt(at) + "'" : "ends";
        return new Refused(at + 1, found + " where nothing of the kind can stand; " + ALLOWED);
    }
}
