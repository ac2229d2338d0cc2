// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/** Reads JSON in three ways; each answers all names and scalars in order, so that no duplicate hides another. */
final class Readers {
    private static final JsonFactory JACKSON = new JsonFactory();

    private Readers() {}

    static List<String> jackson(byte[] json) throws IOException {
        var texts = new ArrayList<String>();
        try (JsonParser parser = JACKSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME || token.isScalarValue()) {
                    texts.add(parser.getText());
                }
            }
        }
        return texts;
    }

    /** JSON is YAML 1.2. */
    static List<String> yaml(byte[] json) {
        var settings = LoadSettings.builder()
                .setSchema(new JsonSchema())
                .setCodePointLimit(1 << 24)
                .build();
        var texts = new ArrayList<String>();
        for (Event event : new Parse(settings).parseString(new String(json, StandardCharsets.UTF_8))) {
            if (event instanceof ScalarEvent scalar) {
                texts.add(scalar.getValue());
            }
        }
        return texts;
    }

    /** Takes what stands between brackets, colons and commas, whether or not that is JSON. */
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
        char kind = text.charAt(at + 1);
        if (kind == 'u') {
            token.append((char) Integer.parseInt(text, at + 2, at + 6, 16));
            return at + 6;
        }
        int known = "bfnrt".indexOf(kind);
        token.append(known < 0 ? kind : "\b\f\n\r\t".charAt(known));
        return at + 2;
    }
}
