// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.yaml.Problem;
import java.util.List;
import java.util.Map;

/** What came of loading a configuration. */
public sealed interface Loading {
    /**
     * It can be used.
     *
     * @param warnings what is doubtful in it
     * @param outside the values that came from outside the file
     */
    record Loaded(Settings settings, List<Problem> warnings, Outside outside) implements Loading {
        public Loaded {
            warnings = List.copyOf(warnings);
        }
    }

    /** It cannot be used; everything that is wrong with it, warnings included, in the order of the file. */
    record Rejected(List<Problem> problems) implements Loading {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Values that came from the environment or from other files and may be secrets.
     *
     * @param sources path of a value to the expression that stands for it in the file, such as {@code
     *     ${env:LEDGER_URL}}
     * @param fingerprints the same paths to a fingerprint of the value
     */
    record Outside(Map<String, String> sources, Map<String, String> fingerprints) {
        public static final Outside NOTHING = new Outside(Map.of(), Map.of());

        public Outside {
            sources = Map.copyOf(sources);
            fingerprints = Map.copyOf(fingerprints);
        }
    }
}
