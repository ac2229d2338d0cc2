// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.content;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.hansard.ports.masking.TextPattern;
import java.util.Arrays;

/** A pattern that RE2/J matches on UTF-8 itself, so that the places it tells are bytes. */
final class Re2jPattern implements TextPattern {
    /** In the place of a byte that is no UTF-8, at which RE2/J would take the text for ended. */
    private static final byte SUBSTITUTE = 0x1A;

    private final Pattern pattern;

    Re2jPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    @Override
    public void find(byte[] bytes, int from, int to, Matches matches) {
        byte[] text = Arrays.copyOfRange(bytes, from, to);
        repair(text);
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (matcher.end() > matcher.start()) {
                matches.match(from + matcher.start(), from + matcher.end());
            }
        }
    }

    private static void repair(byte[] text) {
        int at = 0;
        while (at < text.length) {
            int length = text[at] >= 0 ? 1 : sequence(text, at);
            if (length == 0) {
                text[at] = SUBSTITUTE;
            }
            at += Math.max(1, length);
        }
    }

    /** How many bytes the character has that starts with a byte above 127; 0 when it is none (RFC 3629 section 4). */
    private static int sequence(byte[] text, int at) {
        int lead = text[at] & 0xFF;
        int length =
                lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > text.length) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((text[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = text[at + 1] & 0xFF;
        boolean isOther = (lead == 0xE0 && second < 0xA0)
                || (lead == 0xED && second > 0x9F)
                || (lead == 0xF0 && second < 0x90)
                || (lead == 0xF4 && second > 0x8F);
        return isOther ? 0 : length;
    }
}
