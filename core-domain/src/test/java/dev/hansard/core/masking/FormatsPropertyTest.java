// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.format.Cuts;
import dev.hansard.core.masking.format.FormMasker;
import dev.hansard.core.masking.format.MediaType;
import dev.hansard.core.masking.format.SseMasker;
import dev.hansard.core.masking.format.TextMasker;
import dev.hansard.core.masking.multipart.Boundary;
import dev.hansard.core.masking.multipart.MultipartMasker;
import dev.hansard.core.masking.rule.ContentMasker;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.NameRules;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.xml.XmlMasker;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Contents of every format with a secret in them, spelled in any way that the format knows: the secret is gone in every
 * decoding, however the content is cut; the rest stays; and masking again changes nothing.
 */
class FormatsPropertyTest {
    private static final String SECRET = "9QZ<&4 1k\"7";
    private static final String MULTIPART = "multipart/form-data; boundary=b";

    @Property(tries = 500)
    void leavesNoSecretOfAForm(@ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int cut) {
        var random = new Random(seed);
        String form = "a=" + percent("b c", random) + "&" + percent("pin", random) + "=" + percent(SECRET, random)
                + "&x=" + percent("{\"pin\":\"" + "9QZk7" + "\"}", random) + "&y="
                + percent(ContentMaskingFixture.PLANTED, random) + "&z";

        String masked = check(
                form,
                "application/x-www-form-urlencoded",
                cut,
                (fixture, out) -> new FormMasker(
                        NameRules.of(ContentMaskingFixture.RULES, MaskRule::form),
                        fixture.values(),
                        fixture.contents(),
                        0,
                        out));

        assertThat(masked).startsWith(form.substring(0, form.indexOf('&'))).endsWith("&z");
    }

    private static String percent(String text, Random random) {
        var out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = Character.isLetterOrDigit(b) && random.nextInt(3) > 0;
            out.append(
                    plain ? String.valueOf((char) b) : b == ' ' && random.nextBoolean() ? "+" : "%%%02x".formatted(b));
        }
        return out.toString();
    }

    @Property(tries = 500)
    void leavesNoSecretOfADocument(@ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int cut) {
        var random = new Random(seed);
        String document = "<r " + (random.nextBoolean() ? "" : "n:") + "pin='" + xml(SECRET, random, false) + "'><keep>"
                + "me</keep><pin a='" + xml(SECRET, random, false) + "'>" + xml(SECRET, random, true) + "</pin><y>"
                + xml(ContentMaskingFixture.PLANTED, random, true) + "</y></r>";

        String masked = check(
                document,
                "text/xml",
                cut,
                (fixture, out) -> new XmlMasker(
                        NameRules.of(ContentMaskingFixture.RULES, MaskRule::xml),
                        fixture.values(),
                        fixture.contents(),
                        0,
                        out));

        assertThat(masked).contains("<keep>me</keep>");
    }

    private static String xml(String text, Random random, boolean element) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean special = c == '<' || c == '&' || c == '"' || c == '\'';
            switch (random.nextInt(element ? 6 : 3)) {
                case 0 -> out.append("&#").append((int) c).append(';');
                case 1 -> out.append("&#x").append(Integer.toHexString(c)).append(';');
                case 4 -> out.append("<![CDATA[").append(c).append("]]>");
                case 5 -> out.append("<!-- x -->").append(special ? "" : String.valueOf(c));
                default -> out.append(special ? "&#" + (int) c + ";" : String.valueOf(c));
            }
        }
        return out.toString();
    }

    @Property(tries = 500)
    void leavesNoSecretOfAPart(@ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int cut) {
        var random = new Random(seed);
        String content = "--b\r\nContent-Disposition: form-data; name=keep\r\n\r\nme\r\n"
                + part("name=\"pin\"", SECRET, random)
                + part("name=\"x\"", "{\"pin\":\"9QZ4\"}", random)
                + part("name=\"y\"", "see " + ContentMaskingFixture.PLANTED, random)
                + "--b--\r\n";
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);

        String masked = check(content, MULTIPART, cut, (fixture, out) -> {
            try {
                Boundary boundary = requireNonNull(Boundary.of(MediaType.parse(MULTIPART), bytes, 0, bytes.length));
                NameRules rules = NameRules.of(ContentMaskingFixture.RULES, MaskRule::form);
                return new MultipartMasker(rules, fixture.values(), fixture.contents(), boundary, 0, out);
            } catch (Unmaskable e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(masked).contains("name=keep\r\n\r\nme\r\n");
    }

    private static String part(String name, String value, Random random) {
        String head = "--b\r\nContent-Disposition: form-data; " + name + "\r\n";
        return switch (random.nextInt(3)) {
            case 0 ->
                head + "Content-Transfer-Encoding: base64\r\n\r\n"
                        + Base64.getMimeEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + "\r\n";
            case 1 -> {
                var quoted = new StringBuilder();
                value.chars()
                        .forEach(c -> quoted.append(
                                random.nextInt(3) == 0 || c == '=' ? "=%02X".formatted(c) : String.valueOf((char) c)));
                yield head + "Content-Transfer-Encoding: Quoted-Printable\r\n\r\n" + quoted + "\r\n";
            }
            default -> head + "\r\n" + value + "\r\n";
        };
    }

    @Property(tries = 500)
    void leavesNoSecretOfAnEvent(@ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int cut) {
        var random = new Random(seed);
        String lineEnd = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
        var stream = new StringBuilder("event: keep" + lineEnd + "data: me" + lineEnd + lineEnd);
        stream.append("data: {")
                .append(random.nextBoolean() ? lineEnd + "data: " : "")
                .append("\"pin\":");
        stream.append(random.nextBoolean() ? lineEnd + "data:" : "")
                .append("\"9QZ4\"}")
                .append(lineEnd)
                .append(lineEnd);
        stream.append("id: ").append(ContentMaskingFixture.PLANTED).append(lineEnd);
        stream.append("data: password=9QZ 4").append(random.nextBoolean() ? lineEnd : "");

        String masked = check(
                stream.toString(),
                "text/event-stream",
                cut,
                (fixture, out) -> new SseMasker(fixture.values(), fixture.contents(), 0, out));

        assertThat(masked).startsWith("event: keep" + lineEnd + "data: me" + lineEnd + lineEnd);
    }

    @Property(tries = 500)
    void leavesNoSecretOfAText(@ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int cut) {
        var random = new Random(seed);
        String name = List.of("pin", "Password", "api-key", "access_token", "user.secret")
                .get(random.nextInt(5));
        String sign = List.of("=", ": ", " => '", "\": \"", " = `").get(random.nextInt(5));
        String text =
                "keep me\n" + name + sign + "9QZ4 \nsee " + ContentMaskingFixture.PLANTED + " at ftp://9QZ:9QZ@host/";

        String masked = check(text, "text/plain", cut, (fixture, out) -> new TextMasker(fixture.values(), out));

        assertThat(masked).startsWith("keep me\n" + name + sign).endsWith("@host/");
    }

    @Property(tries = 1000)
    void changesNothingWithoutAReason(@ForAll String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (String label : List.of("text/plain", "application/x-www-form-urlencoded", "text/event-stream")) {
            var fixture = new ContentMaskingFixture();
            try {
                byte[] masked = fixture.mask(bytes, label);
                if (fixture.findings().isEmpty()) {
                    assertThat(masked)
                            .isEqualTo(new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
                }
            } catch (Unmaskable _) {
                // What is no text is refused.
            }
        }
    }

    private static String check(
            String content,
            String label,
            int cut,
            BiFunction<ContentMaskingFixture, MaskedBytes, ContentMasker> masker) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String whole = ContentMaskingFixture.masked(bytes, label);

        assertThat(Cuts.masked(bytes, cut, masker)).isEqualTo(whole);
        assertThat(ContentMaskingFixture.masked(whole, label)).isEqualTo(whole);
        for (String reading : readings(whole)) {
            assertThat(reading).doesNotContain("9QZ").doesNotContain(ContentMaskingFixture.PLANTED);
        }
        return whole;
    }

    private static List<String> readings(String text) {
        var unescaped = new StringBuilder(
                text.replace("<![CDATA[", "").replace("]]>", "").replaceAll("<!--.*?-->", ""));
        for (int c = ' '; c < 0x7F; c++) {
            String hex = Integer.toHexString(c);
            replaceAll(unescaped, "&#" + c + ";", c);
            replaceAll(unescaped, "&#x" + hex + ";", c);
            replaceAll(unescaped, "%" + hex, c);
            replaceAll(unescaped, "=" + hex.toUpperCase(Locale.ROOT), c);
        }
        return List.of(text, unescaped.toString(), base64Lines(text));
    }

    private static void replaceAll(StringBuilder text, String spelling, int c) {
        for (int at = text.indexOf(spelling); at >= 0; at = text.indexOf(spelling, at)) {
            text.replace(at, at + spelling.length(), String.valueOf((char) c));
            at++;
        }
    }

    private static String base64Lines(String text) {
        var decoded = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (line.matches("[A-Za-z0-9+/]+={0,2}") && line.length() % 4 == 0) {
                decoded.append(new String(Base64.getDecoder().decode(line), StandardCharsets.ISO_8859_1));
            }
        }
        return decoded.toString();
    }
}
