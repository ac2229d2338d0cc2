// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.rule.ContentMasker;

/**
 * How JSON is read.
 *
 * @param maxDepth how deep objects and arrays may nest, 1 to {@link ContentMasker#MAX_DEPTH}
 * @param jsonInStrings whether a string that is itself an object or array in JSON is masked as such
 */
public record JsonOptions(int maxDepth, boolean jsonInStrings) {
    /** As deep as it may be, and strings are only text. */
    public static final JsonOptions PLAIN = new JsonOptions(ContentMasker.MAX_DEPTH, false);

    /** As deep as it may be, and looks into strings. */
    public static final JsonOptions NESTED = new JsonOptions(ContentMasker.MAX_DEPTH, true);

    public JsonOptions {
        if (maxDepth < 1 || maxDepth > ContentMasker.MAX_DEPTH) {
            throw new IllegalArgumentException("maxDepth is 1 to " + ContentMasker.MAX_DEPTH + ", but is " + maxDepth);
        }
    }
}
