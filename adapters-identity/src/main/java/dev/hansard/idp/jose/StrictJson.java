// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON that has one reading only: UTF-8 without errors and without a byte order mark, no name twice, no half of a
 * surrogate pair, nothing behind the object, not deeper than told. Two readers that differ about a token are how claims
 * are smuggled past the one that verifies.
 */
public final class StrictJson {
    private static final int LONGEST_NUMBER = 32;
    private static final int POOLED_BUFFERS = 16;

    // Names are the sender's choice: a table of them would grow, and fill up with collisions. Buffers are shared,
    // because
    // a virtual thread would make its own for one token.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .recyclerPool(JsonRecyclerPools.newBoundedPool(POOLED_BUFFERS))
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();

    private final JsonParser parser;
    private final int deepest;

    private StrictJson(JsonParser parser, int deepest) {
        this.parser = parser;
        this.deepest = deepest;
    }

    /**
     * Reads an object.
     *
     * @param deepest how many objects and arrays may lie in one another, the outermost counted
     */
    public static JsonObject object(byte[] utf8, int deepest) throws FlawedTokenException {
        try (var parser = JSON.createParser(decoded(utf8))) {
            var reader = new StrictJson(parser, deepest);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new FlawedTokenException(Flaw.NOT_CANONICAL);
            }
            JsonObject object = reader.readObject(1);
            if (parser.nextToken() != null) {
                throw new FlawedTokenException(Flaw.NOT_CANONICAL);
            }
            return object;
        } catch (IOException _) {
            // The message of the parser quotes what was sent.
            throw new FlawedTokenException(Flaw.NOT_CANONICAL);
        }
    }

    private static char[] decoded(byte[] utf8) throws IOException, FlawedTokenException {
        CharBuffer text = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(utf8));
        var chars = new char[text.remaining()];
        text.get(chars);
        if (chars.length > 0 && chars[0] == '\uFEFF') {
            throw new FlawedTokenException(Flaw.NOT_CANONICAL);
        }
        return chars;
    }

    private JsonObject readObject(int depth) throws IOException, FlawedTokenException {
        Map<String, Object> members = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = whole(parser.currentName());
            parser.nextToken();
            if (members.putIfAbsent(name, readValue(depth)) != null) {
                throw new FlawedTokenException(Flaw.NOT_CANONICAL);
            }
        }
        return new JsonObject(members);
    }

    private List<Object> readArray(int depth) throws IOException, FlawedTokenException {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(readValue(depth));
        }
        return Collections.unmodifiableList(elements);
    }

    private Object readValue(int depth) throws IOException, FlawedTokenException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(deeper(depth));
            case START_ARRAY -> readArray(deeper(depth));
            case VALUE_STRING -> whole(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> JsonObject.NULL;
            case null, default -> throw new FlawedTokenException(Flaw.NOT_CANONICAL);
        };
    }

    private static BigDecimal number(String text) throws FlawedTokenException {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException _) {
            throw new FlawedTokenException(Flaw.NOT_CANONICAL); // JSON allows any exponent, the JDK does not.
        }
    }

    private int deeper(int depth) throws FlawedTokenException {
        if (depth == deepest) {
            throw new FlawedTokenException(Flaw.NOT_CANONICAL);
        }
        return depth + 1;
    }

    /** Escapes can write half a surrogate pair, which has no bytes and gets lost on the way to whoever compares. */
    private static String whole(String text) throws FlawedTokenException {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isSurrogate(text.charAt(at))) {
                boolean pair = Character.isHighSurrogate(text.charAt(at))
                        && at + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(at + 1));
                if (!pair) {
                    throw new FlawedTokenException(Flaw.NOT_CANONICAL);
                }
                at++;
            }
        }
        return text;
    }
}
