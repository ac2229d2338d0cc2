// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.exact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;

/** How a value may be spelled in ways that cannot be undone character by character. */
final class Spellings {
    private Spellings() {}

    static void add(String value, Collection<byte[]> patterns) {
        byte[] octets = value.getBytes(StandardCharsets.UTF_8);
        patterns.add(octets);
        if (value.indexOf(' ') >= 0) {
            patterns.add(value.replace(' ', '+').getBytes(StandardCharsets.UTF_8));
        }
        if (value.codePoints().anyMatch(Character::isSupplementaryCodePoint)) {
            patterns.add(bySurrogates(value));
        }
        patterns.add(ascii(HexFormat.of().formatHex(octets)));
        patterns.add(ascii(HexFormat.of().withUpperCase().formatHex(octets)));
        for (int shift = 0; shift < 3; shift++) {
            patterns.add(inside(Base64.getEncoder(), octets, shift));
            patterns.add(inside(Base64.getUrlEncoder(), octets, shift));
        }
    }

    /**
     * The characters of base64 that the octets alone decide when so many others come before them in their group of
     * three.
     */
    private static byte[] inside(Base64.Encoder encoder, byte[] octets, int shift) {
        var shifted = new byte[shift + octets.length];
        System.arraycopy(octets, 0, shifted, shift, octets.length);
        String encoded = new String(encoder.encode(shifted), StandardCharsets.US_ASCII);
        int first = (8 * shift + 5) / 6;
        return ascii(encoded.substring(first, 8 * shifted.length / 6));
    }

    /** As it becomes when each half of a surrogate pair is unescaped on its own: three octets for each. */
    private static byte[] bySurrogates(String value) {
        var octets = new byte[3 * value.length()];
        int size = 0;
        for (int i = 0; i < value.length(); i++) {
            size = Utf8.put(value.charAt(i), octets, size);
        }
        return Arrays.copyOf(octets, size);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
