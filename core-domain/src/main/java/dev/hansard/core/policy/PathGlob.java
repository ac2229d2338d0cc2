// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import dev.hansard.ports.value.InvalidValueException;

/**
 * A pattern for canonical paths: {@code *} stands for any run of characters without a slash, {@code **} for any run at
 * all, every other character for itself; it must match the whole path. One that ends with {@code /**} matches the path
 * before that, too: a rule for {@code /admin/**} that {@code /admin} could pass would surprise its author. Immutable.
 *
 * <p>It is a nondeterministic automaton whose states are the bits of words, one state for each literal character and
 * one for the end: all states advance at once, so that matching takes time linear in the path whatever the pattern, and
 * leaves no garbage. The characters that a pattern does not name share one mask.
 */
public final class PathGlob {
    /** The longest pattern. Its literal characters and the end must fit into one word. */
    public static final int LONGEST = 512;

    /** How many literal characters a pattern may have after its first star. */
    public static final int MOST_LITERALS = Long.SIZE - 1;

    private static final int ASCII = 128;

    private final String glob;
    private final String prefix;
    private final boolean literal;
    private final boolean optionalEnd;
    private final long[] masks = new long[ASCII];
    private long loops;
    private long deepLoops;
    private long accepting;

    private PathGlob(String glob) {
        this.glob = glob;
        this.literal = glob.indexOf('*') < 0;
        this.optionalEnd = glob.endsWith("/**");
        this.prefix = literal ? glob : glob.substring(0, glob.indexOf('*'));
    }

    /**
     * Compiles a pattern.
     *
     * @throws InvalidValueException when it is none
     */
    public static PathGlob of(String glob) {
        if (!(glob.startsWith("/") || glob.startsWith("*")) || glob.length() > LONGEST) {
            throw new InvalidValueException(
                    "a path pattern must begin with / or *, and have at most " + LONGEST + " characters");
        }
        if (!isCanonical(glob)) {
            throw new InvalidValueException("a path pattern must be spelled as canonical paths are: no query, no empty"
                    + " or dot segments, visible ASCII with all else percent-encoded in upper case");
        }
        var compiled = new PathGlob(glob);
        if (!compiled.literal) {
            compiled.compile();
        }
        return compiled;
    }

    /** Other spellings would never match: paths are made canonical before they are looked at. */
    private static boolean isCanonical(String glob) {
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c >= ASCII || c <= ' ' || "?#\\".indexOf(c) >= 0 || (c == '%' && !isEncoding(glob, i))) {
                return false;
            }
        }
        String bare = glob.replace("**", "*");
        return !(bare + "/").contains("/./") && !(bare + "/").contains("/../") && !bare.contains("//");
    }

    private static boolean isEncoding(String glob, int at) {
        return at + 2 < glob.length() && isUpperHex(glob.charAt(at + 1)) && isUpperHex(glob.charAt(at + 2));
    }

    private static boolean isUpperHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
    }

    private void compile() {
        int state = 0;
        for (int at = prefix.length(); at < glob.length(); at++) {
            char c = glob.charAt(at);
            if (c == '*') {
                boolean deep = at + 1 < glob.length() && glob.charAt(at + 1) == '*';
                loops |= 1L << state;
                deepLoops |= deep ? 1L << state : 0;
                at += deep ? 1 : 0;
            } else if (state == MOST_LITERALS) {
                throw new InvalidValueException(
                        "a path pattern must have at most " + MOST_LITERALS + " characters after its first star");
            } else {
                masks[c] |= 1L << state;
                state++;
            }
        }
        accepting = 1L << state;
        if (optionalEnd && state > 0) {
            accepting |= 1L << (state - 1);
        }
    }

    /** Whether all of {@code path} matches. */
    public boolean matches(String path) {
        if (literal) {
            return path.equals(glob);
        }
        if (!path.startsWith(prefix)) {
            // The prefix of "/admin/**" is "/admin/", which "/admin" lacks the last character of.
            return optionalEnd && isPathBeforeEnd(path);
        }
        long states = 1;
        for (int at = prefix.length(); at < path.length() && states != 0; at++) {
            char c = path.charAt(at);
            long stay = c == '/' ? deepLoops : loops;
            long mask = c < ASCII ? masks[c] : 0;
            states = (states & stay) | ((states & mask) << 1);
        }
        return (states & accepting) != 0;
    }

    private boolean isPathBeforeEnd(String path) {
        return prefix.length() == glob.length() - 2 && path.length() == prefix.length() - 1 && prefix.startsWith(path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathGlob that && glob.equals(that.glob);
    }

    @Override
    public int hashCode() {
        return glob.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return glob;
    }
}
