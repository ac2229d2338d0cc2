// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.NameRules;
import dev.hansard.core.masking.rule.Replacer;
import dev.hansard.core.masking.rule.Treatment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says what masking JSON should give, in another way: Jackson says where each token lies, every path is matched by
 * recursion, and text is patched byte by byte.
 */
final class JacksonMasker {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(1 << 20)
                    .maxNestingDepth(64)
                    .build())
            .build();

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final List<Masking.Path> paths;
    private final boolean detects;
    private final boolean nested;
    private final Replacer replacer = Masking.replacer();

    JacksonMasker(List<Masking.Path> paths, boolean detects, boolean nested) {
        this.paths = paths;
        this.detects = detects;
        this.nested = nested;
    }

    /** One text with the parser that reads it, and what is written of it. */
    private static final class Text {
        private final byte[] bytes;
        private final JsonParser parser;
        private final ByteArrayOutputStream out;

        Text(byte[] bytes, JsonParser parser, ByteArrayOutputStream out) {
            this.bytes = bytes;
            this.parser = parser;
            this.out = out;
        }

        /** Copies what lies before the token. */
        int copyTo(int copied) {
            int start = start();
            out.write(bytes, copied, start - copied);
            return start;
        }

        int start() {
            return (int) parser.currentTokenLocation().getByteOffset();
        }

        int end() throws IOException {
            if (parser.currentToken().isNumeric()) {
                // Jackson reads on behind a number.
                return start() + parser.getText().length();
            }
            parser.finishToken();
            return (int) parser.currentLocation().getByteOffset();
        }
    }

    byte[] mask(byte[] content) throws IOException {
        var mark = new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
        if (!Arrays.equals(content, 0, Math.min(3, content.length), mark, 0, 3)) {
            return mask(content, List.of());
        }
        var out = new ByteArrayOutputStream();
        out.writeBytes(mark);
        out.writeBytes(mask(Arrays.copyOfRange(content, 3, content.length), List.of()));
        return out.toByteArray();
    }

    private byte[] mask(byte[] content, List<Object> way) throws IOException {
        var out = new ByteArrayOutputStream();
        try (JsonParser parser = FACTORY.createParser(content)) {
            var text = new Text(content, parser, out);
            parser.nextToken();
            int copied = value(text, way, text.copyTo(0));
            if (parser.nextToken() != null) {
                throw new IOException("more than one value");
            }
            out.write(content, copied, content.length - copied);
        }
        return out.toByteArray();
    }

    /** Writes the value that the parser is at, and returns where it ends. */
    private int value(Text text, List<Object> way, int start) throws IOException {
        JsonToken token = text.parser.currentToken();
        Treatment treatment = selectedBy(way);
        if (treatment != null && token != JsonToken.VALUE_NULL) {
            return replaced(text, treatment, start);
        }
        if (token == JsonToken.START_OBJECT) {
            return members(text, way, start);
        }
        if (token == JsonToken.START_ARRAY) {
            return elements(text, way, start);
        }
        byte[] raw = Arrays.copyOfRange(text.bytes, start, text.end());
        text.out.writeBytes(scalar(raw, token, way));
        return start + raw.length;
    }

    private int replaced(Text text, Treatment treatment, int start) throws IOException {
        JsonToken token = text.parser.currentToken();
        byte[] clear = token == JsonToken.VALUE_STRING ? text.parser.getText().getBytes(StandardCharsets.UTF_8) : null;
        text.parser.skipChildren();
        int end = text.end();
        MaskAction action = treatment.action();
        boolean whole = token.isStructStart() || token.isBoolean();
        if (action instanceof MaskAction.Drop) {
            text.out.writeBytes(NULL);
        } else {
            byte[] bytes = clear == null ? Arrays.copyOfRange(text.bytes, start, end) : clear;
            byte[] answer = replacer.replace(
                    whole && action instanceof MaskAction.KeepLast ? new MaskAction.Redact() : action,
                    bytes,
                    0,
                    bytes.length);
            text.out.writeBytes(quoted(answer));
        }
        return end;
    }

    private int members(Text text, List<Object> way, int start) throws IOException {
        int copied = start;
        while (text.parser.nextToken() != JsonToken.END_OBJECT) {
            String name = text.parser.currentName();
            copied = text.copyTo(copied);
            byte[] raw = Arrays.copyOfRange(text.bytes, copied, nameEnd(text.bytes, copied));
            text.out.writeBytes(detects ? detected(raw, false, true) : raw);
            copied += raw.length;
            text.parser.nextToken();
            copied = value(text, and(way, NameRules.folded(name)), text.copyTo(copied));
        }
        copied = text.copyTo(copied);
        text.out.write('}');
        return copied + 1;
    }

    private int elements(Text text, List<Object> way, int start) throws IOException {
        int copied = start;
        for (int i = 0; text.parser.nextToken() != JsonToken.END_ARRAY; i++) {
            copied = value(text, and(way, i), text.copyTo(copied));
        }
        copied = text.copyTo(copied);
        text.out.write(']');
        return copied + 1;
    }

    private static int nameEnd(byte[] bytes, int quote) {
        int at = quote + 1;
        while (bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private byte[] scalar(byte[] raw, JsonToken token, List<Object> way) throws IOException {
        if (token == JsonToken.VALUE_STRING && nested) {
            byte[] inner = nested(raw, way);
            if (inner != null) {
                return inner;
            }
        }
        boolean text = token == JsonToken.VALUE_STRING;
        return detects && (text || token.isNumeric()) ? detected(text ? raw : quoted(raw), !text, false) : raw;
    }

    /** Null where it is only text. */
    private byte @Nullable [] nested(byte[] raw, List<Object> way) throws IOException {
        String text = unescaped(raw);
        if (!text.stripLeading().matches("(?s)[\\[{].*")) {
            return null;
        }
        byte[] clear = text.getBytes(StandardCharsets.UTF_8);
        byte[] masked;
        try {
            masked = mask(clear, way);
        } catch (IOException _) {
            return null;
        }
        return Arrays.equals(masked, clear) ? raw : quoted(escaped(masked));
    }

    private static byte[] escaped(byte[] text) {
        return new String(text, StandardCharsets.UTF_8)
                .replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
                .replace("\r", "\\r")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** @param literal a string with its quotes; without them where it was a number and nothing is found */
    private byte[] detected(byte[] literal, boolean number, boolean name) throws IOException {
        List<String> units = units(new String(literal, 1, literal.length - 2, StandardCharsets.UTF_8));
        byte[] clear = unescaped(literal).getBytes(StandardCharsets.UTF_8);
        var unitOf = new int[clear.length];
        for (int unit = 0, at = 0; unit < units.size(); unit++) {
            int length = unescaped(("\"" + units.get(unit) + "\"").getBytes(StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8)
                    .length;
            Arrays.fill(unitOf, at, at + length, unit);
            at += length;
        }
        var found = new ArrayList<String>(units);
        var all = new boolean[1];
        var any = new boolean[1];
        new StubScanner().scan(clear, 0, clear.length, (from, to, treatment) -> {
            any[0] = true;
            all[0] = from == 0 && to == clear.length && treatment.action() instanceof MaskAction.Drop;
            for (int unit = unitOf[from]; unit <= unitOf[to - 1]; unit++) {
                found.set(unit, "");
            }
            found.set(
                    unitOf[from],
                    new String(replacer.replace(treatment.action(), clear, from, to), StandardCharsets.UTF_8));
        });
        if (!any[0] && number) {
            return Arrays.copyOfRange(literal, 1, literal.length - 1);
        }
        if (all[0] && !name) {
            return NULL;
        }
        return quoted(String.join("", found).getBytes(StandardCharsets.UTF_8));
    }

    /** Characters and escapes; two that make a surrogate pair are one. */
    private static List<String> units(String raw) {
        return Pattern.compile("\\\\u[dD][89abAB]..\\\\u[dD][c-fC-F]..|\\\\u....|\\\\.|\\P{Cs}", Pattern.DOTALL)
                .matcher(raw)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static String unescaped(byte[] literal) throws IOException {
        try (JsonParser parser = FACTORY.createParser(literal)) {
            parser.nextToken();
            return parser.getText();
        }
    }

    private static byte[] quoted(byte[] text) {
        var out = new ByteArrayOutputStream();
        out.write('"');
        out.writeBytes(text);
        out.write('"');
        return out.toByteArray();
    }

    private static List<Object> and(List<Object> way, Object step) {
        return Stream.concat(way.stream(), Stream.of(step)).toList();
    }

    private @Nullable Treatment selectedBy(List<Object> way) {
        return paths.stream()
                .filter(path -> leads(path.steps(), way))
                .map(Masking.Path::treatment)
                .findFirst()
                .orElse(null);
    }

    private static boolean leads(List<Masking.Step> steps, List<Object> way) {
        if (steps.isEmpty() || way.isEmpty()) {
            return steps.isEmpty() && way.isEmpty();
        }
        Masking.Step step = steps.getFirst();
        List<Object> rest = way.subList(1, way.size());
        return (step.descend() && leads(steps, rest))
                || (step.takes(way.getFirst()) && leads(steps.subList(1, steps.size()), rest));
    }
}
