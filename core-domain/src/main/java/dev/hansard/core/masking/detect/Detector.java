// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What can be found without a rule that describes it; in the configuration by its name in lower case. */
enum Detector {
    CARD(false, "0123456789"),
    JWT(true, "J"),
    BEARER(true, "Bb"),
    BASIC(true, "Bb"),
    EMAIL(false, "@"),
    IBAN(false, "0123456789"),
    SSN(false, "0123456789"),
    AWS(true, "A=:"),
    GITHUB(true, "_"),
    SLACK(true, "-."),
    STRIPE(true, "_"),
    GOOGLE(true, "A-."),
    PEM(true, "-");

    /** Whether it finds credentials, which are hidden whatever the configuration says. */
    final boolean findsCredentials;

    /**
     * Characters one of which stands in each value at a place that is known, and that are rare in ordinary text: only
     * there the detector looks.
     */
    final String triggers;

    Detector(boolean findsCredentials, String triggers) {
        this.findsCredentials = findsCredentials;
        this.triggers = triggers;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one with that word; null for none. */
    static @Nullable Detector named(String word) {
        for (Detector detector : values()) {
            if (detector.word().equals(word)) {
                return detector;
            }
        }
        return null;
    }
}
