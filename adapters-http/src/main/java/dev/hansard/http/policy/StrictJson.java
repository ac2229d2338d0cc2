// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.cel.common.values.NullValue;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.RequestBody;
import dev.hansard.ports.policy.BodyReader;
import dev.hansard.ports.policy.PolicyRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON that has one reading only (RFC 8259 with the advice of RFC 7493): UTF-8 without a byte order mark, no name
 * twice in an object, nothing behind the text, no lone surrogates. Whether the request calls it JSON does not matter: a
 * target may read it as JSON all the same. Numbers are whole ones of 64 bits or doubles, as most targets read them; a
 * whole number of more bits becomes a double. What is nested more than {@value #MOST_DEPTH} deep is not read.
 */
public final class StrictJson implements BodyReader {
    static final int MOST_DEPTH = 64;
    private static final int MOST_NUMBER_CHARS = 400;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_DEPTH)
                    .maxNumberLength(MOST_NUMBER_CHARS)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private StrictJson() {}

    public static StrictJson create() {
        return new StrictJson();
    }

    @Override
    public Reading read(PolicyRequest request, RequestBody body) {
        if (isEncoded(request.fields())) {
            return new Unreadable("its content is encoded, such as with gzip");
        }
        try {
            // By the JSON grammar alone a parser may guess UTF-16 and UTF-32, which few targets do.
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(body)));
            return read(text);
        } catch (CharacterCodingException _) {
            return new Unreadable("its content is not UTF-8");
        }
    }

    private static byte[] bytes(RequestBody body) {
        var bytes = new byte[body.length()];
        body.bytes().get(bytes);
        return bytes;
    }

    private static boolean isEncoded(Fields fields) {
        for (int i = fields.find("content-encoding", 0); i >= 0; i = fields.find("content-encoding", i + 1)) {
            if (!fields.value(i).equalsIgnoreCase("identity")) {
                return true;
            }
        }
        return false;
    }

    private static Reading read(CharBuffer text) {
        try (JsonParser parser = FACTORY.createParser(text.array(), text.arrayOffset(), text.length())) {
            if (parser.nextToken() == null) {
                return new Unreadable("its content is not JSON");
            }
            Object value = value(parser);
            return parser.nextToken() == null ? new Json(value) : new Unreadable("its content goes on after its JSON");
        } catch (JsonProcessingException e) {
            boolean isTwice = String.valueOf(e.getMessage()).startsWith("Duplicate field");
            return new Unreadable(
                    isTwice ? "its JSON has a name twice in one object" : "its content is not JSON, or too deep");
        } catch (LoneSurrogateException _) {
            return new Unreadable("its JSON holds half a character");
        } catch (IOException e) {
            throw new IllegalStateException("a parser over memory failed", e);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> whole(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> NullValue.NULL_VALUE;
            case VALUE_NUMBER_INT -> number(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> throw new IllegalStateException("a JSON value begins with " + parser.currentToken());
        };
    }

    private static Object number(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            default -> parser.getDoubleValue();
        };
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = whole(parser.currentName());
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static List<Object> list(JsonParser parser) throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list;
    }

    /** Half a character, written as an escape, is read by one target as a question mark and by another not at all. */
    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean isPair = Character.isHighSurrogate(text.charAt(i))
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!isPair) {
                    throw new LoneSurrogateException();
                }
                i++;
            }
        }
        return text;
    }

    private static final class LoneSurrogateException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;
    }
}
