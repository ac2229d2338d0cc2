// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.session.Changes;
import dev.hansard.ports.session.MaskStatus;
import dev.hansard.ports.session.MaskedExchange;
import dev.hansard.ports.session.MaskedPlace;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.session.Timing;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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

    private static final MaskRule NAMES = new MaskRule(
            "names",
            new MaskAction.Redact(),
            List.of("secretName", "/card/pin"),
            List.of("full_name"),
            List.of("who"),
            List.of("X-Customer"),
            List.of(),
            List.of("Pin"),
            List.of(),
            null,
            List.of());
    private static final MaskRule MAIL = new MaskRule(
            "mail",
            new MaskAction.Token(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of("email"),
            null,
            List.of());

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

    private MaskedExchange mask(byte[] content, boolean whole, String target, boolean detectors) {
        ServiceMasking service = Maskings.service(List.of(NAMES, MAIL), detectors);
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
        return new Session(
                SessionId.parse("ses_0190163d-8694-739b-aea5-966c26f8ad91"),
                new ServiceName("payments"),
                new NodeName("node"),
                "edge",
                Instant.EPOCH,
                1,
                SessionState.COMPLETE,
                Ending.COMPLETE,
                null,
                Durability.STRICT,
                RetentionClass.DEFAULT,
                Caller.ANONYMOUS,
                "127.0.0.1",
                "POST",
                target,
                "payments",
                target,
                message,
                Changes.NONE,
                null,
                200,
                "OK",
                message,
                Changes.NONE,
                Timing.NONE,
                null);
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
