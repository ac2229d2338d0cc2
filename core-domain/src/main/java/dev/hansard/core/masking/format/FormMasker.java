// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import dev.hansard.core.masking.rule.ContentMasker;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.NameRules;
import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.Unmaskable;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Masks pairs {@code name=value} with {@code &} between them, each as soon as it is there. Every duplicate of a name
 * counts, and of a name {@code card[pin]} its last part, too. Anything is a form, so that nothing is refused.
 *
 * <p>A value that is itself JSON, or XML with its declaration, is masked as such, and hidden as a whole when that
 * fails. Belongs to one thread.
 */
public final class FormMasker implements ContentMasker {
    private static final String HEX = "0123456789ABCDEF";

    private final NameRules rules;
    private final ValueMasking values;
    private final Contents contents;
    private final MaskedBytes out;
    private final String kind;
    private final int depth;
    private final MaskedBytes pair = new MaskedBytes(0);

    public FormMasker(NameRules rules, ValueMasking values, Contents contents, int depth, MaskedBytes out) {
        this(rules, values, contents, depth, out, "form:");
    }

    /** @param kind what places begin with */
    FormMasker(NameRules rules, ValueMasking values, Contents contents, int depth, MaskedBytes out, String kind) {
        this.rules = rules;
        this.values = values;
        this.contents = contents;
        this.depth = depth;
        this.out = out;
        this.kind = kind;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length) {
        int from = offset;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '&') {
                pair.add(bytes, from, i - from);
                maskPair();
                out.add('&');
                from = i + 1;
            }
        }
        pair.add(bytes, from, offset + length - from);
    }

    @Override
    public void finish() {
        maskPair();
    }

    /** Whether a reader of forms would find a value here that is to be masked by its name. */
    public static boolean selects(NameRules rules, ValueMasking values, byte[] bytes, int from, int to) {
        var out = new MaskedBytes(to - from);
        ValueMasking trial = values.trial();
        var masker =
                new FormMasker(rules, trial, (b, start, end, _, _, copy) -> copy.add(b, start, end - start), 0, out);
        masker.feed(bytes, from, to - from);
        masker.finish();
        return !trial.findings().isEmpty();
    }

    private void maskPair() {
        byte[] bytes = pair.array();
        int to = pair.size();
        int equals = 0;
        while (equals < to && bytes[equals] != '=') {
            equals++;
        }
        Spelled name = Spelled.form(bytes, 0, equals);
        String text = name.textDecodedAgain();
        byte[] shown = values.scanned(name, 0, equals, () -> kind);
        shown = inAnySpelling(shown, name, 0, equals, () -> kind);
        if (shown == null) {
            out.add(bytes, 0, equals);
        } else {
            out.add(shown);
        }
        if (equals < to) {
            out.add('=');
            Spelled value = Spelled.form(bytes, equals + 1, to);
            Treatment treatment = values.treatment(rules, text, value.to() - value.from());
            // What a masked name was a name of cannot be told any more.
            boolean doubtful = treatment == null && shown != null;
            maskValue(
                    doubtful ? ValueMasking.WITHHELD : treatment,
                    value,
                    equals + 1,
                    to,
                    () -> values.place(kind, text));
        }
        pair.cut(0);
    }

    private void maskValue(@Nullable Treatment treatment, Spelled value, int from, int to, Supplier<String> place) {
        if (value.isEmpty()) {
            return;
        }
        byte[] masked;
        if (treatment != null) {
            masked = values.replaced(treatment, value, place);
        } else {
            var looks = new Looks(value.bytes(), value.from(), value.to());
            boolean nested = looks.isJson() || looks.isDeclaredXml();
            masked = nested ? nested(value, place) : values.scanned(value, from, to, place);
            masked = inAnySpelling(masked, value, from, to, place);
        }
        if (masked == null) {
            out.add(value.raw(), from, to - from);
        } else {
            out.add(masked);
        }
    }

    /** Hides all of a value if something is found in how it is spelled, too, for readers that do not decode it. */
    private byte @Nullable [] inAnySpelling(
            byte @Nullable [] masked, Spelled value, int from, int to, Supplier<String> place) {
        boolean plain = masked == null && value.isPlain();
        boolean found = masked == null
                ? !plain && values.detectsIn(value.raw(), from, to)
                : values.detectsIn(masked, 0, masked.length);
        return found ? values.hidden(ValueMasking.WITHHELD, place) : masked;
    }

    /** A content in a value, spelled anew when something in it was masked. */
    private byte @Nullable [] nested(Spelled value, Supplier<String> place) {
        var masked = new MaskedBytes(value.to() - value.from());
        String outer = values.findings().enter(place.get());
        try {
            contents.mask(value.bytes(), value.from(), value.to(), MediaType.NONE, depth + 1, masked);
        } catch (Unmaskable _) {
            values.findings().leave(outer);
            return values.hidden(ValueMasking.WITHHELD, place);
        }
        values.findings().leave(outer);
        boolean same = Arrays.equals(masked.array(), 0, masked.size(), value.bytes(), value.from(), value.to());
        return same ? null : encoded(masked);
    }

    private static byte[] encoded(MaskedBytes value) {
        var out = new MaskedBytes(2 * value.size());
        for (int i = 0; i < value.size(); i++) {
            int b = value.array()[i] & 0xFF;
            boolean plain = (b >= 'a' && b <= 'z')
                    || (b >= 'A' && b <= 'Z')
                    || (b >= '0' && b <= '9')
                    || "-._*".indexOf(b) >= 0;
            if (plain) {
                out.add(b);
            } else {
                out.add('%');
                out.add(HEX.charAt(b >> 4));
                out.add(HEX.charAt(b & 0xF));
            }
        }
        return out.toArray();
    }
}
