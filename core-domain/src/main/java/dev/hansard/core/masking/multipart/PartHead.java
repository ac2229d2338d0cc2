// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.multipart;

import dev.hansard.core.masking.format.MediaType;
import dev.hansard.core.masking.format.MediaType.Parameter;
import dev.hansard.core.masking.format.ParameterReader;
import dev.hansard.core.masking.format.Spelled;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The fields of one part (RFC 2046 section 5.1, RFC 7578 section 4). Immutable. */
final class PartHead {
    /** Longest head of a part, in bytes. */
    static final int MAX_LENGTH = 16 << 10;

    private final List<Line> fields;
    private final int end;

    /**
     * One field, on one line or on several of which all but the first begin with a blank.
     *
     * @param value without line ends, one char for each byte
     * @param valueStart where the value begins
     * @param end where the line end begins
     */
    record Line(String name, String value, int valueStart, int end) {}

    private PartHead(List<Line> fields, int end) {
        this.fields = fields;
        this.end = end;
    }

    /** @param crlf how lines end here; a line that ends otherwise is refused */
    static PartHead read(byte[] bytes, int from, int to, boolean crlf) throws Unmaskable {
        var fields = new ArrayList<Line>();
        int at = from;
        while (at < to) {
            int end = lineEnd(bytes, at, to, crlf);
            int next = Math.min(to, end + (crlf ? 2 : 1));
            if (end == at) {
                return new PartHead(fields, next);
            }
            while (next < to && isBlank(bytes[next])) {
                end = lineEnd(bytes, next, to, crlf);
                next = Math.min(to, end + (crlf ? 2 : 1));
            }
            if (next - from > MAX_LENGTH) {
                throw new Unmaskable(Reason.SYNTAX, "the head of a part is longer than " + MAX_LENGTH + " bytes");
            }
            fields.add(field(bytes, at, end));
            at = next;
        }
        return new PartHead(fields, at);
    }

    private static Line field(byte[] bytes, int from, int end) throws Unmaskable {
        int colon = from;
        while (colon < end && bytes[colon] > ' ' && bytes[colon] != ':') {
            colon++;
        }
        if (colon == from || colon == end || bytes[colon] != ':') {
            throw new Unmaskable(Reason.SYNTAX, "a line in the head of a part is no field");
        }
        int start = colon + 1;
        while (start < end && isBlank(bytes[start])) {
            start++;
        }
        String name = text(bytes, from, colon).toLowerCase(Locale.ROOT);
        String value = text(bytes, start, end).replace("\r\n", " ").replace('\n', ' ');
        return new Line(name, value.strip(), start, end);
    }

    private static int lineEnd(byte[] bytes, int from, int to, boolean crlf) throws Unmaskable {
        int i = from;
        while (i < to && bytes[i] != '\n' && bytes[i] != '\r') {
            i++;
        }
        boolean returned = i < to && bytes[i] == '\r';
        boolean paired = returned && i + 1 < to && bytes[i + 1] == '\n';
        if (i < to && (returned != crlf || paired != crlf)) {
            throw new Unmaskable(Reason.SYNTAX, "the lines of a part do not all end alike");
        }
        return i;
    }

    List<Line> fields() {
        return fields;
    }

    /** Where the content begins. */
    int end() {
        return end;
    }

    /** What the part is called in any reading. */
    Set<String> names() {
        var names = new LinkedHashSet<String>();
        for (Parameter parameter : disposition()) {
            if (parameter.name().equals("name") || parameter.name().startsWith("name*")) {
                names.addAll(readings(parameter.value()));
            }
        }
        return names;
    }

    boolean isFile() {
        return disposition().stream().anyMatch(parameter -> parameter.name().startsWith("filename"));
    }

    boolean hasType() {
        return has("content-type");
    }

    MediaType type() throws Unmaskable {
        return MediaType.parse(only("content-type"));
    }

    TransferEncoding encoding() throws Unmaskable {
        return TransferEncoding.of(only("content-transfer-encoding"));
    }

    private boolean has(String name) {
        return fields.stream().anyMatch(field -> field.name().equals(name));
    }

    /** The value of a field of which readers would take the first or the last; empty without one. */
    private String only(String name) throws Unmaskable {
        String value = null;
        for (Line field : fields) {
            if (field.name().equals(name)) {
                if (value != null && !value.equals(field.value())) {
                    throw new Unmaskable(Reason.SYNTAX, "a part has a field twice that it may have once");
                }
                value = field.value();
            }
        }
        return value == null ? "" : value;
    }

    private List<Parameter> disposition() {
        var parameters = new ArrayList<Parameter>();
        for (Line field : fields) {
            if (field.name().equals("content-disposition")) {
                var reader = new ParameterReader(field.value());
                reader.upTo(";");
                parameters.addAll(reader.parameters());
            }
        }
        return parameters;
    }

    /** As it stands, in UTF-8, percent-decoded as browsers encode names, and without charset (RFC 8187). */
    private static List<String> readings(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        var utf8 = new String(bytes, StandardCharsets.UTF_8);
        String tail = utf8.substring(utf8.lastIndexOf('\'') + 1);
        return List.of(value, utf8, percentDecoded(utf8), percentDecoded(tail));
    }

    private static String percentDecoded(String text) {
        byte[] utf8 = text.replace("+", "%2B").getBytes(StandardCharsets.UTF_8);
        return Spelled.form(utf8, 0, utf8.length).text();
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
