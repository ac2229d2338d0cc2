// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential.guard;

import dev.hansard.core.masking.exact.ExactValues;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.value.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A value, the ways in which servers repeat it, and the parts of messages that a guard is given. */
final class Reflections {
    static final String VALUE = "s3cr3t/Val\"ue+<4711>&==";
    static final ExactValues VALUES = ExactValues.of(List.of(Secret.of(VALUE)));
    static final Fields NO_TRAILERS = fields(List.of());

    private Reflections() {}

    /** By the name of the way. */
    static Map<String, String> spellings() {
        byte[] octets = VALUE.getBytes(StandardCharsets.UTF_8);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("raw", VALUE);
        all.put("base64", base64(VALUE));
        all.put("base64 behind one more", base64("u" + VALUE + "xyz"));
        all.put("base64 behind two more", base64("us" + VALUE + "xy"));
        all.put("base64url", Base64.getUrlEncoder().withoutPadding().encodeToString(octets));
        all.put("percent", percent(octets, true));
        all.put("percent of some", percent(octets, false));
        all.put("json", VALUE.replace("\"", "\\\""));
        all.put("json by numbers", json());
        all.put(
                "html",
                VALUE.replace("&", "&amp;")
                        .replace("\"", "&quot;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;"));
        all.put("hex", HexFormat.of().formatHex(octets));
        all.put("HEX", HexFormat.of().withUpperCase().formatHex(octets));
        return all;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String percent(byte[] octets, boolean all) {
        var text = new StringBuilder();
        for (byte octet : octets) {
            if (all || !Character.isLetterOrDigit(octet)) {
                text.append("%%%02x".formatted(octet));
            } else {
                text.append((char) octet);
            }
        }
        return text.toString();
    }

    private static String json() {
        var text = new StringBuilder();
        VALUE.chars().forEach(c -> text.append(String.format(Locale.ROOT, "\\u%04x", c)));
        return text.toString();
    }

    static byte[] gzip(byte[] content) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static Fields fields(List<Field> fields) {
        return new Fields() {
            @Override
            public int count() {
                return fields.size();
            }

            @Override
            public String name(int index) {
                return fields.get(index).name();
            }

            @Override
            public String value(int index) {
                return fields.get(index).value();
            }

            @Override
            public boolean isNamed(int index, String lowerCaseName) {
                return name(index).toLowerCase(Locale.ROOT).equals(lowerCaseName);
            }
        };
    }
}
