// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import dev.hansard.core.masking.format.Spelled;
import dev.hansard.core.masking.format.ValueMasking;
import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.NameRules;
import dev.hansard.core.masking.rule.Treatment;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * Masks one field of cookies by rules. The value of every cookie is hidden whatever they say; a rule says how, so that
 * the same cookie can be found again by its token. Belongs to one thread.
 */
final class CookieMasking implements Cookies.Parts {
    private final NameRules rules;
    private final ValueMasking values;
    private final UnaryOperator<String> others;
    private boolean hidesAny;

    /** @param others masks a text that is no value */
    CookieMasking(NameRules rules, ValueMasking values, UnaryOperator<String> others) {
        this.rules = rules;
        this.values = values;
        this.others = others;
    }

    String mask(String squeezedName, String value) {
        return Cookies.isCookie(squeezedName) ? Cookies.maskCookie(value, this) : Cookies.maskSetCookie(value, this);
    }

    /** Whether a value was hidden that no rule has selected. */
    boolean hidesAny() {
        return hidesAny;
    }

    @Override
    public String value(String name, String clear) {
        Treatment treatment = rules.of(name);
        if (treatment == null || treatment.action() instanceof MaskAction.KeepLast) {
            hidesAny |= !clear.equals(SecretsInText.MASK);
            return SecretsInText.MASK;
        }
        byte[] bytes = clear.strip().getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length == 0) {
            return "";
        }
        Spelled whole = Spelled.plain(bytes, 0, bytes.length);
        return new String(
                values.replaced(treatment, whole, () -> values.place("cookie:", name)), StandardCharsets.US_ASCII);
    }

    @Override
    public String other(String text) {
        return others.apply(text);
    }
}
