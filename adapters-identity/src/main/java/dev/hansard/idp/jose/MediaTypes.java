// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import java.util.Locale;

/** The way in which tokens name their type. */
public final class MediaTypes {
    private static final String PREFIX = "application/";

    private MediaTypes() {}

    /** In lower case, without the {@code application/} that may be left out (RFC 7515 section 4.1.9). */
    public static String shortened(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith(PREFIX) ? lower.substring(PREFIX.length()) : lower;
    }
}
