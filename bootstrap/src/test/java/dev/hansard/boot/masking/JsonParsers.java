// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.masking;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.h2.util.json.JSONArray;
import org.h2.util.json.JSONBytesSource;
import org.h2.util.json.JSONNumber;
import org.h2.util.json.JSONObject;
import org.h2.util.json.JSONString;
import org.h2.util.json.JSONValue;
import org.h2.util.json.JSONValueTarget;

/** Three readers of JSON; each answers all names, strings and numbers in order, so that no duplicate hides another. */
final class JsonParsers {
    private static final JsonFactory JACKSON = new JsonFactory();

    private JsonParsers() {}

    /** Strict, and by Jackson: anything that follows is no JSON either. */
    static List<String> jackson(byte[] json) throws IOException {
        var texts = new ArrayList<String>();
        int values = 0;
        int depth = 0;
        try (JsonParser parser = JACKSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                values += depth == 0 ? 1 : 0;
                if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING || token.isNumeric()) {
                    texts.add(parser.getText());
                }
            }
        }
        if (values != 1) {
            throw new IOException("there are " + values + " values");
        }
        return texts;
    }

    /** Strict, and by the database. */
    static List<String> h2(byte[] json) throws IOException {
        try {
            var texts = new ArrayList<String>();
            add(JSONBytesSource.parse(json, new JSONValueTarget()), texts);
            return texts;
        } catch (RuntimeException e) {
            throw new IOException("not JSON", e);
        }
    }

    private static void add(JSONValue value, List<String> texts) {
        switch (value) {
            case JSONObject object -> {
                for (var member : object.getMembers()) {
                    texts.add(member.getKey());
                    add(member.getValue(), texts);
                }
            }
            case JSONArray array -> {
                for (JSONValue element : array.getArray()) {
                    add(element, texts);
                }
            }
            case JSONString string -> texts.add(string.getString());
            case JSONNumber number -> texts.add(shortened(number.getBigDecimal()));
            default -> {}
        }
    }

    private static String shortened(BigDecimal number) {
        return number.toString();
    }

    /** Ours, which takes what stands between brackets, colons and commas, whether or not that is JSON. */
    static List<String> careless(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        var texts = new ArrayList<String>();
        int at = 0;
        while (at < text.length()) {
            if ("[]{},: \t\r\n\uFEFF".indexOf(text.charAt(at)) >= 0) {
                at++;
                continue;
            }
            boolean quoted = text.charAt(at) == '"';
            var token = new StringBuilder();
            for (at += quoted ? 1 : 0; at < text.length() && !ends(text.charAt(at), quoted); ) {
                at = text.charAt(at) == '\\' ? escape(text, at, token) : plain(text, at, token);
            }
            at += quoted ? 1 : 0;
            texts.add(token.toString());
        }
        return texts;
    }

    private static boolean ends(char c, boolean quoted) {
        return quoted ? c == '"' : "[]{},: \t\r\n".indexOf(c) >= 0;
    }

    private static int plain(String text, int at, StringBuilder token) {
        token.append(text.charAt(at));
        return at + 1;
    }

    private static int escape(String text, int at, StringBuilder token) {
        if (at + 1 == text.length()) {
            return at + 1;
        }
        char kind = text.charAt(at + 1);
        if (kind == 'u'
                && at + 6 <= text.length()
                && text.substring(at + 2, at + 6).matches("[0-9a-fA-F]{4}")) {
            token.append((char) Integer.parseInt(text, at + 2, at + 6, 16));
            return at + 6;
        }
        int known = "bfnrt".indexOf(kind);
        token.append(known < 0 ? kind : "\b\f\n\r\t".charAt(known));
        return at + 2;
    }
}
