// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How this listener writes JSON: UTF-8, on one line, and with nothing in it that a terminal or a browser would act on.
 */
final class Json {
    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder().characterEscapes(new VisibleCharacters()).build();

    private Json() {}

    static byte[] bytes(Members members) {
        var out = new ByteArrayOutputStream(512);
        try {
            write(out, members);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Memory does not fail; what is left is a fault of ours.
        }
        return out.toByteArray();
    }

    /** Writes one object and a line end, and leaves {@code out} open. */
    static void write(OutputStream out, Members members) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            json.writeStartObject();
            members.writeTo(json);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    /** Writes the members of an object. */
    @FunctionalInterface
    interface Members {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /**
     * Escapes controls of ASCII and Latin-1, line separators, bidirectional controls and the angle bracket. Recorded
     * text is hostile content, and people look at this JSON with curl.
     */
    private static final class VisibleCharacters extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes['<'] = ESCAPE_STANDARD;
            codes[0x7f] = ESCAPE_STANDARD;
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            return isActive(c) ? new SerializedString("\\u" + HexFormat.of().toHexDigits((char) c)) : null;
        }

        private static boolean isActive(int c) {
            boolean isLatinControl = c >= 0x80 && c <= 0x9f;
            boolean isBidirectional = c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x2066 && c <= 0x2069);
            return isLatinControl || isBidirectional || (c >= 0x2028 && c <= 0x202e);
        }
    }
}
