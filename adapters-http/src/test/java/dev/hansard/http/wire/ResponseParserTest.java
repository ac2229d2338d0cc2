// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ResponseParserTest {
    private final ResponseParser parser = new ResponseParser(WireLimits.DEFAULT);

    @BeforeEach
    void awaitTheResponseToAGet() {
        parser.reset("GET");
    }

    private Step parse(String raw) {
        byte[] bytes = raw.getBytes(ISO_8859_1);
        return parser.parse(bytes, 0, bytes.length);
    }

    @Test
    void showsStatusAndReasonAsTheyWereSent() {
        parse(Raw.message("HTTP/1.1 404 N\u00e3o", "", "Content-Length: 0"));

        assertThat(parser.head().status()).isEqualTo(404);
        assertThat(parser.head().reason()).isEqualTo("N\u00e3o");
        assertThat(parser.interim()).isFalse();
    }

    @Test
    void tellsTheLengthOfWhatAHeadLeavesOut() {
        parser.reset("HEAD");
        parse(Raw.ok("Content-Length: 5", ""));

        assertThat(parser.framing()).isEqualTo(BodyFraming.NONE);
        assertThat(parser.contentLength()).isEqualTo(5);
        assertThat(parser.reusable()).isTrue();
    }

    @Test
    void tellsNothingOfALengthThatMustNotBeSentOn() {
        parse(Raw.message("HTTP/1.1 204 No Content", "", "Content-Length: 5"));

        assertThat(parser.framing()).isEqualTo(BodyFraming.NONE);
        assertThat(parser.contentLength()).isEqualTo(-1);
        assertThat(parser.reusable()).isFalse();
    }

    @Test
    void goesOnAfterAnInterimResponse() {
        byte[] raw = ("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + Raw.ok("Content-Length: 5", "hello"))
                .getBytes(ISO_8859_1);
        parser.parse(raw, 0, raw.length);
        assertThat(parser.interim()).isTrue();
        assertThat(parser.framing()).isEqualTo(BodyFraming.NONE);
        int end = parser.headEnd();

        parser.reset("GET");
        parser.parse(raw, end, raw.length);

        assertThat(parser.interim()).isFalse();
        assertThat(parser.headEnd()).isEqualTo(raw.length - "hello".length());
    }

    @Test
    void answersEveryFaultWith502() {
        assertThat(parse(Raw.ok("X: a\0", ""))).isEqualTo(Step.FAULT);

        assertThat(parser.fault().status()).isEqualTo(502);
        assertThat(parser.fault().code()).isEqualTo("field_value_invalid");
    }
}
