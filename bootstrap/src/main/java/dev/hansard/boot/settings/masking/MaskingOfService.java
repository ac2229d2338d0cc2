// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.masking;

import dev.hansard.core.masking.rule.MaskRule;
import java.util.List;

/**
 * How the record of one service is masked, beside what is masked always.
 *
 * @param apply the sets and rules that the service names, as written
 * @param rules all that apply in their order: the first that selects a value wins; those that are built in are last
 * @param detectorsOnUnparsable whether content that cannot be parsed is kept with what detectors find masked, and not
 *     withheld
 */
public record MaskingOfService(List<String> apply, List<MaskRule> rules, boolean detectorsOnUnparsable) {
    public MaskingOfService {
        apply = List.copyOf(apply);
        rules = List.copyOf(rules);
    }
}
