// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.masking;

import dev.hansard.boot.settings.yaml.Keys;
import java.util.List;

/** The keys of the configuration that say how to mask. */
public final class MaskingKeys {
    static final String RULES = "rules";
    static final String SETS = "sets";
    static final String TOKEN_KEY = "token-key";
    static final String DEFAULTS = "defaults";
    static final String ON_UNPARSABLE = "on-unparsable";
    static final String APPLY = "apply";
    static final String ACTION = "action";
    static final String KEEP_LAST = "keep-last";
    static final String LABEL = "label";
    static final String REGEX = "regex";
    static final String ANCHOR = "anchor";
    static final String CONTENT_TYPES = "content-types";

    /** For the whole node. */
    public static final Keys MASKING = Keys.of("masking", TOKEN_KEY, SETS, RULES, ON_UNPARSABLE, DEFAULTS);

    /** In a file that another one includes. */
    public static final Keys INCLUDED = Keys.of("(include).masking", RULES);

    public static final Keys RULE = Keys.of(
            "masking.rules.*",
            "json",
            "form",
            "query",
            "headers",
            "cookies",
            "xml",
            "detect",
            REGEX,
            ANCHOR,
            CONTENT_TYPES,
            ACTION,
            KEEP_LAST,
            LABEL);

    /** The long form of what one service applies. */
    public static final Keys SERVICE = Keys.of("services.*.masking", APPLY, ON_UNPARSABLE);

    /** What selects values: a rule has one of them at least. */
    static final List<String> SELECTORS =
            List.of("json", "form", "query", "headers", "cookies", "xml", "detect", REGEX);

    /** Selectors of heads alone. */
    static final List<String> OF_HEADS = List.of("query", "headers", "cookies");

    private MaskingKeys() {}
}
