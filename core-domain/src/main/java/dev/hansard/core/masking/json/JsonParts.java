// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.json.select.JsonSelectors;
import dev.hansard.core.masking.rule.Findings;
import dev.hansard.core.masking.rule.Replacer;
import dev.hansard.core.masking.rule.ValueScanner;

/** What JSON is masked with; a text in a string of another with the same. */
record JsonParts(
        JsonSelectors selectors, ValueScanner scanner, Replacer replacer, Findings findings, JsonOptions options) {}
