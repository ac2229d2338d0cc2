// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.yaml;

import java.util.List;
import java.util.Map;

/**
 * The keys of one kind of section.
 *
 * @param section path of the section, with {@code *} for a name of the user's
 * @param available what can be written
 * @param later what the contract names but this release refuses, each with the feature that is missing
 */
public record Keys(String section, List<String> available, Map<String, String> later) {
    public Keys {
        available = List.copyOf(available);
        later = Map.copyOf(later);
    }

    public static Keys of(String section, String... available) {
        return new Keys(section, List.of(available), Map.of());
    }

    /** The same with keys that are refused as not available yet. */
    public Keys notYet(Map<String, String> missing) {
        return new Keys(section, available, missing);
    }
}
