// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.value.InvalidValueException;

/**
 * A pattern for paths: {@code *} stands for any run of characters without a slash, {@code **} for any run at all, every
 * other character for itself. It must match the whole path. Matching takes linear space and at most length times length
 * steps.
 *
 * @since 0.1
 */
public record PathPattern(String glob) {
    /** Most characters of a pattern. */
    public static final int MAX_LENGTH = 1024;

    public PathPattern {
        if (glob.isEmpty() || glob.length() > MAX_LENGTH) {
            throw new InvalidValueException(
                    "path pattern must have 1 to " + MAX_LENGTH + " characters, but has " + glob.length());
        }
    }

    /** The literal beginning of every path that matches: what an index can use. */
    public String literalPrefix() {
        int star = glob.indexOf('*');
        return star < 0 ? glob : glob.substring(0, star);
    }

    public boolean isLiteral() {
        return glob.indexOf('*') < 0;
    }

    /** Whether {@code path} (without query) matches as a whole. */
    public boolean matches(String path) {
        // One row of the edit-distance kind: reachable[i] says that the pattern so far matches the first i characters.
        var reachable = new boolean[path.length() + 1];
        reachable[0] = true;
        for (int at = 0; at < glob.length(); at++) {
            boolean deep = glob.startsWith("**", at);
            if (glob.charAt(at) == '*') {
                spread(reachable, path, deep);
                at += deep ? 1 : 0;
            } else {
                step(reachable, path, glob.charAt(at));
            }
        }
        return reachable[path.length()];
    }

    private static void spread(boolean[] reachable, String path, boolean deep) {
        for (int i = 0; i < path.length(); i++) {
            reachable[i + 1] |= reachable[i] && (deep || path.charAt(i) != '/');
        }
    }

    private static void step(boolean[] reachable, String path, char literal) {
        for (int i = path.length(); i > 0; i--) {
            reachable[i] = reachable[i - 1] && path.charAt(i - 1) == literal;
        }
        reachable[0] = false;
    }
}
