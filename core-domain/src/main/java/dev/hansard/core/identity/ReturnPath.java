// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody gets to after signing in. Browsers read much as the start of another site's address: two slashes, a
 * backslash, a tab between the two, so only letters that have one reading in a path are taken (RFC 3986 section 3.3),
 * and a second slash never follows the first.
 */
final class ReturnPath {
    /** The start. */
    static final String START = "/";

    private static final int LONGEST = 1_024;
    private static final Pattern PATH =
            Pattern.compile("/(?:[A-Za-z0-9._~!$'()*+,;=:@%-][A-Za-z0-9._~!$'()*+,;=:@%/?&-]*+"
                    + "|\\?[A-Za-z0-9._~!$'()*+,;=:@%/?&-]*+)?+");
    private static final Pattern OF_SIGN_IN = Pattern.compile("/(?:login|logout)(?:[/?].*)?+");

    private ReturnPath() {}

    /** The path when it is one of ours and not one of the sign-in itself; null when it is not. */
    static @Nullable String parse(@Nullable String text) {
        if (text == null) {
            return START;
        }
        boolean isOurs = text.length() <= LONGEST
                && PATH.matcher(text).matches()
                && !OF_SIGN_IN.matcher(text).matches();
        return isOurs ? text : null;
    }
}
