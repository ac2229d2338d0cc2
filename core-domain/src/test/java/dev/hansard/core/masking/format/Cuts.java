// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import dev.hansard.core.masking.ContentMaskingFixture;
import dev.hansard.core.masking.rule.ContentMasker;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.Unmaskable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiFunction;

/** Feeds a masker piece by piece, each from an array of its own. */
public final class Cuts {
    private Cuts() {}

    /** The masked text, or the reason why there is none. */
    public static String masked(
            byte[] content, int cut, BiFunction<ContentMaskingFixture, MaskedBytes, ContentMasker> maskers) {
        var out = new MaskedBytes(0);
        ContentMasker masker = maskers.apply(new ContentMaskingFixture(), out);
        try {
            for (int at = 0; at < content.length; at += cut) {
                byte[] piece = Arrays.copyOfRange(content, at, Math.min(at + cut, content.length));
                masker.feed(piece, 0, piece.length);
                Arrays.fill(piece, (byte) '!');
            }
            masker.finish();
            return new String(out.array(), 0, out.size(), StandardCharsets.UTF_8);
        } catch (Unmaskable e) {
            return e.reason().name();
        }
    }
}
