// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a claim is: a name, or names with dots between them that lead into objects. A claim that has the whole text for
 * its name goes first, because names that are URLs have dots, too.
 *
 * @param text as configured
 */
public record ClaimPath(String text) {
    private static final String DOT = "\\.";

    /** What is there; null when nothing is. */
    public @Nullable Object in(JsonObject claims) {
        return claims.has(text) ? claims.value(text) : at(claims, List.of(text.split(DOT, -1)));
    }

    private static @Nullable Object at(JsonObject claims, List<String> steps) {
        Object value = claims;
        for (String step : steps) {
            value = value instanceof JsonObject object ? object.value(step) : null;
        }
        return value;
    }
}
