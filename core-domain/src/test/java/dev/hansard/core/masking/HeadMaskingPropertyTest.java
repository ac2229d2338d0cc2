// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class HeadMaskingPropertyTest {
    @Provide
    Arbitrary<String> secrets() {
        // Long enough that it does not stand in a mask or name by chance; the odd characters are legal in a query.
        return Arbitraries.strings()
                .withChars("ABCXYZabcxyz0123456789-._~!$'()*+,;=:@/?")
                .ofMinLength(20)
                .ofMaxLength(40)
                .map(text -> "9QZ" + text);
    }

    @Provide
    Arbitrary<String> secretKeys() {
        return Arbitraries.of(
                "access_token",
                "token",
                "api_key",
                "apikey",
                "key",
                "code",
                "password",
                "secret",
                "signature",
                "sig",
                "X-Amz-Signature",
                "X-Amz-Credential",
                "X-Amz-Security-Token",
                "client_secret",
                "refresh_token",
                "id_token",
                "assertion",
                "accessToken",
                "user[password]",
                "SAMLResponse");
    }

    @Provide
    Arbitrary<String> secretFields() {
        return Arbitraries.of(
                "Authorization",
                "Proxy-Authorization",
                "Cookie",
                "Set-Cookie",
                "X-Api-Key",
                "Api-Key",
                "X-Auth-Token",
                "X-Access-Token",
                "X-Amz-Security-Token",
                "X-Vault-Token",
                "Private-Token",
                "X-Goog-Api-Key",
                "Ocp-Apim-Subscription-Key",
                "X-CSRF-Token",
                "X-Client-Secret");
    }

    /** Any spelling: each character bare or percent-encoded, in either case of digits, as often as {@code times}. */
    private static String spelled(String text, Random random, int times) {
        var spelling = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.ISO_8859_1)) {
            if (random.nextInt(3) == 0) {
                String hex = "%%%02x".formatted(octet & 0xFF);
                spelling.append(random.nextBoolean() ? hex : hex.toUpperCase(Locale.ROOT));
            } else {
                spelling.append((char) octet);
            }
        }
        return times <= 1 ? spelling.toString() : spelled(spelling.toString(), random, times - 1);
    }

    private static String anyCase(String text, Random random) {
        return text.chars()
                .map(c -> random.nextBoolean() ? Character.toUpperCase(c) : Character.toLowerCase(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static void assertHidden(String secret, String output) {
        String decoded = output;
        for (int i = 0; i < 5; i++) {
            assertThat(decoded).doesNotContain(secret.substring(0, 12)).doesNotContain(secret.substring(11));
            decoded = percentDecoded(decoded);
        }
    }

    private static String percentDecoded(String text) {
        var decoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("%", i) && text.substring(i).matches("(?s)%[0-9a-fA-F]{2}.*")) {
                decoded.append((char) Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                decoded.append(text.charAt(i));
            }
        }
        return decoded.toString();
    }

    @Property(tries = 2000)
    void showsNoSecretOfATarget(
            @ForAll("secrets") String secret,
            @ForAll("secretKeys") String key,
            @ForAll @IntRange(min = 1, max = 3) int times,
            @ForAll long seed) {
        var random = new Random(seed);
        String pair = spelled(anyCase(key, random), random, times) + "=" + spelled(secret, random, times);
        String before = random.nextBoolean() ? "a=b%20c&" : "";

        assertHidden(
                secret, HeadMasking.maskTarget("/x?" + before + pair + "&y=z").value());
        assertHidden(
                secret,
                HeadMasking.maskTarget("/x?next=" + encoded("https://a.test/?" + pair) + "&y=z")
                        .value());
        assertHidden(secret, HeadMasking.maskTarget("/x?" + encoded(pair)).value());
        for (String name : List.of("Location", "Referer", "Content-Location", "X-Original-Uri")) {
            assertHidden(secret, masked(name, "https://a.test/x?" + before + pair + "&y=z#z"));
        }
        assertHidden(secret, masked("Link", "</x?" + before + pair + ">; rel=next, </y>; rel=prev"));
    }

    private static String encoded(String text) {
        var out = new StringBuilder();
        text.chars().forEach(c -> out.append("%%%02X".formatted(c)));
        return out.toString();
    }

    @Property(tries = 1000)
    void showsNoSecretOfAField(
            @ForAll("secrets") String secret, @ForAll("secretFields") String name, @ForAll long seed) {
        var random = new Random(seed);
        boolean cookie = name.endsWith("ookie");
        String clear = cookie ? secret.replace(';', ',') : secret;
        String value = (cookie ? "sid=" : "") + spelled(clear, random, 1);

        assertHidden(clear, masked(anyCase(name, random), value));
        assertHidden(clear, masked(name.replace('-', '_'), value));
        assertHidden(clear, masked("X-Other", "Bearer " + value));
    }

    @Property
    void changesNothingWhenDoneTwice(
            @ForAll("secrets") String secret, @ForAll("secretFields") String name, @ForAll("secretKeys") String key) {
        String field = masked(name, "x=" + secret);
        String location = masked("Location", "//u:p@a.test/?a=b&" + key + "=" + secret);

        assertThat(masked(name, field)).isEqualTo(field);
        assertThat(masked("Location", location)).isEqualTo(location);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "password=",
                        "code=",
                        "a=",
                        "token",
                        "x",
                        "0123456789abcdef",
                        "***",
                        "%3Dpassword",
                        "%253D",
                        "%22",
                        "=",
                        "\"",
                        "'",
                        ";",
                        "; ",
                        ",",
                        "&",
                        "#",
                        "?",
                        "/",
                        "//",
                        "@",
                        ":",
                        " ",
                        "<",
                        ">",
                        "(",
                        ")",
                        "\\")
                .list()
                .ofMaxSize(16)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 20_000)
    void changesNoTextWhenDoneTwice(@ForAll("texts") String text) {
        String once = HeadMasking.maskText(text).value();
        String target = HeadMasking.maskTarget(text).value();
        String field = masked("X-Any", text);

        assertThat(HeadMasking.maskText(once).value()).isEqualTo(once);
        assertThat(HeadMasking.maskTarget(target).value()).isEqualTo(target);
        assertThat(masked("X-Any", field)).isEqualTo(field);
    }

    private static String masked(String name, String value) {
        return HeadMasking.maskedValue(name, value);
    }
}
