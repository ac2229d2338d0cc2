// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.text;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads what the admin API answers and prints it again, with everything escaped that a terminal would act on. */
public final class Json {
    private static final int MOST_DEPTH = 100;

    private static final JsonMapper MAPPER = JsonMapper.builder(new JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_DEPTH)
                            .build())
                    .characterEscapes(new Escapes())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    public static JsonNode parse(byte[] content) throws IOException {
        return MAPPER.readTree(content);
    }

    /** In one line. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    public static String line(JsonNode node) {
        return write(node, false);
    }

    /** In many lines, indented. */
    public static String pretty(JsonNode node) {
        return write(node, true);
    }

    private static String write(JsonNode node, boolean indented) {
        try {
            return indented
                    ? MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node)
                    : MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }

    /** A text within, safe for one line; empty when there is none. */
    public static String text(JsonNode node, String... path) {
        return Visible.inLine(at(node, path).asText(""));
    }

    /** A number within; -1 when there is none. */
    public static BigDecimal number(JsonNode node, String... path) {
        JsonNode found = at(node, path);
        return found.isNumber() ? found.decimalValue() : BigDecimal.ONE.negate();
    }

    public static JsonNode at(JsonNode node, String... path) {
        JsonNode found = node;
        for (String name : path) {
            found = found.path(name);
        }
        return found;
    }

    /** Escapes beyond those that JSON asks for. */
    private static final class Escapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = CharacterEscapes.standardAsciiEscapesForJSON();
            codes[0x7f] = CharacterEscapes.ESCAPE_STANDARD;
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            return Visible.isHostile(c) && !Character.isSurrogate((char) c)
                    ? new SerializedString("\\u%04x".formatted(c))
                    : null;
        }
    }
}
