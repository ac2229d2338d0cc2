// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.MaskStatus;
import dev.hansard.ports.session.MaskedExchange;
import dev.hansard.ports.session.MaskedPlace;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingProgramTest {
    private static final String CANARY = "canary-7f3a";
    private static final String SHA_256 = "ab".repeat(32);
    private static final String JWT = "eyJhbGciOiJFUzI1NiJ9." + "eyJzdWIiOiJhZGEifQ." + "c2lnbmF0dXJlLW9mLXRlc3Rz";

    private static final MaskRule NAMES = MaskRule.of("names", new MaskAction.Redact())
            .json(List.of("secretName", "/card/pin"))
            .form(List.of("full_name"))
            .query(List.of("who"))
            .headers(List.of("X-Customer"))
            .xml(List.of("Pin"))
            .build();
    private static final MaskRule MAIL =
            MaskRule.of("mail", new MaskAction.Token()).detect(List.of("email")).build();

    private static final MaskRule COOKIES = MaskRule.of("cookies", new MaskAction.Token())
            .cookies(List.of("sid"))
            .build();
    private static final MaskRule PART_OF_COOKIE = MaskRule.of("part", new MaskAction.KeepLast(4))
            .cookies(List.of("part"))
            .build();
    private static final MaskRule PART_OF_HEADERS = MaskRule.of("part", new MaskAction.KeepLast(4))
            .headers(List.of("Authorization", "X-Api-Key"))
            .build();

    private final List<Field> headers = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {\"a\":{\"secretName\":\"canary-7f3a\"}} | {\"a\":{\"secretName\":\"***\"}}",
                "text/plain | {\"card\":{\"pin\":\"canary-7f3a\",\"n\":1}} | {\"card\":{\"pin\":\"***\",\"n\":1}}",
                "application/x-www-form-urlencoded | a=1&full_name=canary-7f3a           | a=1&full_name=***",
                "application/xml     | <a><Pin>canary-7f3a</Pin></a>                     | <a><Pin>***</Pin></a>",
                "text/plain          | password=canary-7f3a                              | password=***",
                "application/json | {\"form\":\"a=1&password=canary-7f3a\"} | {\"form\":\"a=1&password=***\"}",
                "application/json | {\"json\":\"{\\\"secretName\\\":\\\"canary-7f3a\\\"}\"}"
                        + " | {\"json\":\"{\\\"secretName\\\":\\\"***\\\"}\"}",
            })
    void masksContentsOfEveryFormat(String contentType, String content, String expected) {
        headers.add(new Field("Content-Type", contentType));

        MaskedExchange masked = mask(content, true);

        assertThat(text(masked)).isEqualTo(expected);
        assertThat(masked.session().request().maskStatus()).isEqualTo(MaskStatus.MASKED);
        assertThat(masked.session().request().keptBytes()).isEqualTo(expected.length());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/x-www-form-urlencoded | a=1&p%D0%B0ssword=hunter2",
                "application/x-www-form-urlencoded | a=1&pass%E2%80%8Bword=hunter2",
                "text/plain                        | p\u0430ssword: hunter2",
                "text/plain                        | \uFF50\uFF57\uFF44=hunter2",
                "text/plain                        | pass\u200Bword=hunter2",
                "application/xml                   | <a><\u0420in>hunter2</\u0420in></a>",
            })
    void masksWhatOnlyReadsLikeASecretName(String contentType, String content) {
        headers.add(new Field("Content-Type", contentType));

        assertThat(text(mask(content, true))).doesNotContain("hunter2").contains("***");
    }

    @Test
    void saysWhatItMaskedAndWhere() {
        headers.add(new Field("Content-Type", "application/json"));

        RecordedMessage message = mask("{\"secretName\":\"" + CANARY + "\",\"to\":\"ada@example.com\"}", true)
                .session()
                .request();

        assertThat(message.masking().hits()).isEqualTo(Map.of("names", 1, "mail", 1));
        assertThat(message.masking().places())
                .containsExactly(new MaskedPlace("names", "/secretName"), new MaskedPlace("mail", "/to"));
        assertThat(message.masking().rules()).matches("[0-9a-f]{8}");
    }

    @Test
    void keepsNoClearDigestOfWhatItMasked() {
        headers.add(new Field("Content-Type", "application/json"));

        RecordedMessage masked =
                mask("{\"secretName\":\"1234\"}", true).session().request();
        RecordedMessage clean = mask("{\"other\":\"1234\"}", true).session().request();

        assertThat(masked.bodySha256()).isNull();
        assertThat(masked.masking().digest()).matches(Maskings.KEY.id() + ":[0-9a-f]{64}");
        assertThat(clean.bodySha256()).isEqualTo(SHA_256);
        assertThat(clean.masking().digest()).isNull();
        assertThat(clean.maskStatus()).isEqualTo(MaskStatus.CLEAN);
    }

    @Test
    void keepsCompressedContentDecodedAndMasked() throws IOException {
        headers.add(new Field("Content-Type", "application/json"));
        headers.add(new Field("Content-Encoding", "gzip"));
        byte[] zipped = gzip("{\"secretName\":\"" + CANARY + "\"}");

        MaskedExchange masked = mask(zipped, true);

        assertThat(text(masked)).isEqualTo("{\"secretName\":\"***\"}");
        assertThat(masked.session().request().masking().decoded()).isTrue();
        assertThat(masked.session().request().bodyBytes()).isEqualTo(zipped.length);
        assertThat(masked.session().request().headers()).contains(new Field("Content-Encoding", "gzip"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json         | {\"secretName\":\"canary-7f3a\",} | syntax",
                "application/octet-stream | x\u0001\u0002canary-7f3a          | format",
                "application/xml          | <a><b>canary-7f3a</a>             | syntax",
            })
    void withholdsWhatItCannotParse(String contentType, String content, String reason) {
        headers.add(new Field("Content-Type", contentType));

        MaskedExchange masked = mask(content, true);

        assertThat(masked.requestBody()).isEmpty();
        RecordedMessage message = masked.session().request();
        assertThat(message.maskStatus()).isEqualTo(MaskStatus.WITHHELD);
        assertThat(message.masking().reason()).isEqualTo(reason);
        assertThat(message.masking().digest()).isNotNull();
        assertThat(message.bodySha256()).isNull();
        assertThat(message.keptBytes()).isZero();
        assertThat(message.bodyBytes()).isEqualTo(content.length());
    }

    @Test
    void withholdsACodingThatItDoesNotKnow() {
        headers.add(new Field("Content-Encoding", "lzma"));

        assertThat(mask(CANARY, true).session().request().masking().reason()).isEqualTo("coding");
    }

    @Test
    void leavesWhatItCannotParseToDetectorsWhereTheServiceAsksForIt() {
        headers.add(new Field("Content-Type", "application/json"));

        MaskedExchange masked = mask(bytes("{to: ada@example.com, password=hunter2}"), true, true);

        assertThat(text(masked)).doesNotContain("ada@", "hunter2").startsWith("{to: [t:");
        assertThat(masked.session().request().masking().reason()).isEqualTo("syntax");
        assertThat(masked.session().request().maskStatus()).isEqualTo(MaskStatus.MASKED);
    }

    @Test
    void looksThroughTextInTheCharsetThatItIsIn() {
        headers.add(new Field("Content-Type", "application/json; charset=utf-16le"));
        byte[] content = "{to: ada@example.com, password=hunter2}".getBytes(StandardCharsets.UTF_16LE);

        MaskedExchange masked = mask(content, true, true);

        ByteBuffer body = masked.requestBody().getFirst();
        assertThat(StandardCharsets.UTF_16LE.decode(body.duplicate()).toString())
                .doesNotContain("ada@", "hunter2")
                .startsWith("{to: [t:");
    }

    @Test
    void keepsTheClearDigestOfWhatItLeavesInItsCharset() {
        headers.add(new Field("Content-Type", "application/json; charset=iso-8859-1"));
        byte[] content = "{\"name\":\"Zo\u00eb\"}".getBytes(StandardCharsets.ISO_8859_1);

        MaskedExchange masked = mask(content, true);

        assertThat(masked.requestBody()).containsExactly(ByteBuffer.wrap(content));
        assertThat(masked.session().request().maskStatus()).isEqualTo(MaskStatus.CLEAN);
        assertThat(masked.session().request().bodySha256()).isEqualTo(SHA_256);
    }

    @Test
    void countsOnceWhatItMasksAgainByDetectors() {
        headers.add(new Field("Content-Type", "application/json"));

        MaskedExchange masked = mask(bytes("{\"to\": \"ada@example.com\", broken"), true, true);

        assertThat(masked.session().request().masking().hits()).isEqualTo(Map.of("mail", 1));
    }

    @Test
    void keepsWholeLinesOfATextThatBreaksOff() {
        headers.add(new Field("Content-Type", "text/plain"));

        assertThat(text(mask("first line\nsecond li", false))).isEqualTo("first line\n");
    }

    @Test
    void withholdsJsonThatBreaksOff() {
        headers.add(new Field("Content-Type", "application/json"));

        assertThat(mask("{\"secretName\":\"cana", false)
                        .session()
                        .request()
                        .masking()
                        .reason())
                .isEqualTo("incomplete");
    }

    @Test
    void masksHeadsAndTargets() {
        headers.add(new Field("X-Customer", CANARY));
        headers.add(new Field("Authorization", "Bearer " + CANARY));
        headers.add(new Field("X-Debug", "token was " + JWT));
        headers.add(new Field("Accept", "text/html"));

        Session session = mask("", true, "/u/" + JWT + "?who=" + CANARY + "&a=1&access_token=" + CANARY)
                .session();

        assertThat(session.request().headers())
                .containsExactly(
                        new Field("X-Customer", "***"),
                        new Field("Authorization", "Bearer ***"),
                        new Field("X-Debug", "token was ***"),
                        new Field("Accept", "text/html"));
        assertThat(session.target()).isEqualTo("/u/***?who=***&a=1&access_token=***");
        assertThat(session.receivedTarget()).isEqualTo(session.target());
        assertThat(session.request().maskStatus()).isEqualTo(MaskStatus.MASKED);
        assertThat(session.toString()).doesNotContain(CANARY, JWT);
    }

    @Test
    void hidesCookiesAsTheirRulesSay() {
        headers.add(new Field("Cookie", "sid=" + CANARY + "; sid_type=b; other=" + JWT + "; part=12345678"));
        headers.add(new Field("Set-Cookie", "sid=" + CANARY + "; Path=/ada@example.com; HttpOnly"));

        RecordedMessage message = masked(COOKIES, PART_OF_COOKIE);

        String token = "[t:" + Maskings.KEY.id() + ":";
        String cookie = message.headers().getFirst().value();
        assertThat(cookie)
                .matches("sid=\\[t:\\w+:[^;]+]; sid_type=\\*\\*\\*; other=\\*\\*\\*; part=\\*\\*\\*")
                .contains(token);
        assertThat(message.headers().get(1).value())
                .startsWith(cookie.substring(0, cookie.indexOf(';')) + "; Path=/")
                .endsWith("; HttpOnly");
        assertThat(message.masking().hits()).containsEntry("cookies", 2).containsEntry("always-on", 1);
        assertThat(message.masking().places()).contains(new MaskedPlace("cookies", "cookie:sid"));
    }

    @Test
    void showsNoPartOfACredentialWhateverARuleSays() {
        headers.add(new Field("Authorization", "Bearer " + CANARY));
        headers.add(new Field("X-Api-Key", CANARY));

        RecordedMessage message = masked(PART_OF_HEADERS);

        assertThat(message.headers())
                .containsExactly(new Field("Authorization", "Bearer ***"), new Field("X-Api-Key", "***"));
    }

    @Test
    void masksTheResponseAsStrongly() {
        MaskedExchange masked = mask("{\"secretName\":\"" + CANARY + "\"}", true);

        ByteBuffer body = masked.responseBody().getFirst();
        assertThat(StandardCharsets.UTF_8.decode(body.duplicate()).toString()).isEqualTo("{\"secretName\":\"***\"}");
    }

    private MaskedExchange mask(String content, boolean whole) {
        return mask(bytes(content), whole);
    }

    private MaskedExchange mask(byte[] content, boolean whole) {
        return mask(content, whole, false);
    }

    private MaskedExchange mask(byte[] content, boolean whole, boolean detectors) {
        return mask(content, whole, "/pay", detectors);
    }

    private MaskedExchange mask(String content, boolean whole, String target) {
        return mask(bytes(content), whole, target, false);
    }

    private RecordedMessage masked(MaskRule... rules) {
        return mask(new byte[0], true, "/pay", Maskings.service(List.of(rules), false))
                .session()
                .request();
    }

    private MaskedExchange mask(byte[] content, boolean whole, String target, boolean detectors) {
        return mask(content, whole, target, Maskings.service(List.of(NAMES, MAIL), detectors));
    }

    private MaskedExchange mask(byte[] content, boolean whole, String target, ServiceMasking service) {
        List<ByteBuffer> body = content.length == 0 ? List.of() : List.of(ByteBuffer.wrap(content));
        Session session = session(target, message(content.length, whole));
        return new MaskingProgram(Map.of(session.service(), service), Maskings.service(List.of(), false))
                .mask(new RawExchange(session, body, body));
    }

    private RecordedMessage message(int length, boolean whole) {
        return new RecordedMessage(
                headers, List.of(), length, length, length > 0 && whole ? SHA_256 : null, !whole, Masking.CLEAN);
    }

    private static Session session(String target, RecordedMessage message) {
        return SessionBuilder.aSession()
                .target(target)
                .request(message)
                .response(message)
                .build();
    }

    private static String text(MaskedExchange exchange) {
        var text = new StringBuilder();
        exchange.requestBody().forEach(part -> text.append(StandardCharsets.UTF_8.decode(part.duplicate())));
        return text.toString();
    }

    private static byte[] gzip(String text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes(text));
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
