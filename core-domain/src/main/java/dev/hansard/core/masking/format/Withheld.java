// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import dev.hansard.core.masking.rule.Unmaskable;
import java.nio.charset.StandardCharsets;

/** What stands in the place of a part that cannot be masked, in a content that otherwise can. */
public final class Withheld {
    private static final byte[] START = "[withheld: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = " bytes]".getBytes(StandardCharsets.US_ASCII);

    /** Longest that a placeholder is. */
    private static final int MAX_LENGTH = 64;

    private Withheld() {}

    /** Such as {@code [withheld: syntax, 123 bytes]}. */
    public static byte[] placeholder(Unmaskable.Reason reason, int length) {
        return ("[withheld: " + reason.word() + ", " + length + " bytes]").getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether this is a placeholder already, so that masking what is masked changes nothing. */
    public static boolean isPlaceholder(byte[] bytes, int from, int to) {
        if (to - from > MAX_LENGTH || to - from < START.length + END.length) {
            return false;
        }
        for (int i = from + START.length; i < to - END.length; i++) {
            byte b = bytes[i];
            if (b != '-' && b != ',' && b != ' ' && (b < 'a' || b > 'z') && (b < '0' || b > '9')) {
                return false;
            }
        }
        return stands(START, bytes, from) && stands(END, bytes, to - END.length);
    }

    private static boolean stands(byte[] text, byte[] bytes, int at) {
        for (int i = 0; i < text.length; i++) {
            if (bytes[at + i] != text[i]) {
                return false;
            }
        }
        return true;
    }
}
