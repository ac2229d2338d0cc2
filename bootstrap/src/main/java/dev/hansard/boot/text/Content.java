// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Tells recorded text from other bytes, and reads it. */
public final class Content {
    private Content() {}

    /** Whether bytes, perhaps cut in the middle of a character, are UTF-8 text without NUL. */
    public static boolean isText(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return false;
            }
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(bytes.length), false);
        return !result.isError();
    }

    /** Reads UTF-8 in chunks that may end in the middle of a character; what is no UTF-8 becomes U+FFFD. */
    public static final class Decoder {
        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private byte[] rest = {};

        public String decode(byte[] chunk) {
            return decode(chunk, false);
        }

        public String end() {
            return decode(new byte[0], true);
        }

        private String decode(byte[] chunk, boolean last) {
            ByteBuffer in = ByteBuffer.allocate(rest.length + chunk.length)
                    .put(rest)
                    .put(chunk)
                    .flip();
            CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
            decoder.decode(in, out, last);
            rest = new byte[in.remaining()];
            in.get(rest);
            return out.flip().toString();
        }
    }
}
