// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential.shape;

import dev.hansard.core.masking.exact.ExactValues;
import dev.hansard.ports.value.Secret;
import org.jspecify.annotations.Nullable;

/** What a value has to be like so that it can be sent, and be found where it comes back. */
public final class SecretText {
    static final String TOO_SHORT = "it has fewer than " + ExactValues.MIN_LENGTH
            + " characters, which could not be told from others in a response";

    private static final String NO_FIELD =
            "it has characters that no field value may have; visible ASCII and inner spaces are allowed";

    private SecretText() {}

    /** Why it could not be found where it comes back; null when it could. */
    public static @Nullable String shortness(Secret value) {
        return isTooShort(value) ? TOO_SHORT : null;
    }

    static boolean isTooShort(Secret value) {
        return ExactValues.isTooShort(value);
    }

    /** Why it cannot be a field's value; null when it can. */
    public static @Nullable String flaw(Secret value) {
        if (isTooShort(value)) {
            return TOO_SHORT;
        }
        String text = value.reveal();
        boolean isVisible = text.chars().allMatch(c -> c >= ' ' && c <= '~');
        return isVisible && text.equals(text.strip()) ? null : NO_FIELD;
    }
}
