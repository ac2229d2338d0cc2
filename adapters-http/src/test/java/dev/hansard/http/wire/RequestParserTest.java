// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hansard.ports.exchange.Fields;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestParserTest {
    private final RequestParser parser = new RequestParser(WireLimits.DEFAULT);

    private Step parse(String raw) {
        byte[] bytes = raw.getBytes(ISO_8859_1);
        return parser.parse(bytes, 0, bytes.length);
    }

    @Test
    void readsSeveralRequestsFromOneBuffer() {
        byte[] both = (Raw.request("GET", "/one") + Raw.request("PUT", "/two")).getBytes(ISO_8859_1);
        parser.parse(both, 0, both.length);
        assertThat(parser.head().target()).isEqualTo("/one");
        int second = parser.headEnd();

        parser.reset();
        Step step = parser.parse(both, second, both.length);

        assertThat(step).isEqualTo(Step.DONE);
        assertThat(parser.head().method()).isEqualTo("PUT");
        assertThat(parser.head().target()).isEqualTo("/two");
        assertThat(parser.headEnd()).isEqualTo(both.length);
    }

    @Test
    void keepsTheStartLineThatWasReadOnce() {
        byte[] bytes = Raw.request("GET", "/one").getBytes(ISO_8859_1);
        parser.parse(bytes, 0, bytes.length);
        assertThat(parser.head().method() + parser.head().target()).isEqualTo("GET/one");

        Arrays.fill(bytes, (byte) 'x');

        assertThat(parser.head().method() + parser.head().target()).isEqualTo("GET/one");
    }

    @Test
    void showsFieldsAsTheyWereSent() {
        parse(Raw.bare("hOsT: a.test", "X-B:  \u00e9 \t", "x-b: 2"));
        Fields fields = parser.head().fields();

        assertThat(fields.count()).isEqualTo(3);
        assertThat(fields.name(0)).isEqualTo("hOsT");
        assertThat(fields.first("x-b")).isEqualTo("\u00e9");
        assertThat(fields.find("x-b", 2)).isEqualTo(2);
        assertThat(fields.find("x-c", 0)).isNegative();
        assertThat(fields.nameLength(1)).isEqualTo(3);
        assertThat(fields.nameAt(1, 2)).isEqualTo('B');
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> fields.value(3));
    }

    @Test
    void tellsNamesApartThatDifferByMoreThanCase() {
        // Setting the bit that makes letters small would make these two equal.
        parse(Raw.bare("Host: a.test", "^: 1"));

        assertThat(parser.head().fields().isNamed(1, "~")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X: 1                                 | true",
                "Connection: keep-alive               | true",
                "Connection: x-close                  | true",
                "Connection: close                    | false",
                "Connection: keep-alive, CLOSE        | false",
                "connection: ,close ,                 | false",
                "Proxy-Connection: close              | true"
            })
    void knowsWhetherTheConnectionGoesOn(String fieldLine, boolean keepAlive) {
        parse(Raw.get(fieldLine));

        assertThat(parser.keepAlive()).isEqualTo(keepAlive);
    }

    @Test
    void closesWhenAnyOfSeveralConnectionFieldsSaysSo() {
        parse(Raw.get("Connection: close\r\nConnection: keep-alive"));

        assertThat(parser.keepAlive()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 5, true", "Transfer-Encoding: chunked, true", "Content-Length: 0, false", "X: 1, false"
    })
    void waitsForContinueOnlyWhenThereWillBeContent(String framing, boolean waits) {
        parse(Raw.post("Expect: 100-Continue", framing, ""));

        assertThat(parser.expectsContinue()).isEqualTo(waits);
    }

    @Test
    void knowsNoLengthWhereNoneIsGiven() {
        parse(Raw.chunked(""));

        assertThat(parser.framing()).isEqualTo(BodyFraming.CHUNKED);
        assertThat(parser.contentLength()).isEqualTo(-1);
    }

    @Test
    void keepsItsVerdictUntilItIsReset() {
        assertThat(parse("GET  /")).isEqualTo(Step.FAULT);
        assertThat(parse(Raw.request("GET", "/"))).isEqualTo(Step.FAULT);

        parser.reset();

        assertThat(parse(Raw.request("GET", "/"))).isEqualTo(Step.DONE);
        assertThat(parse(Raw.request("GET", "/"))).isEqualTo(Step.DONE);
    }

    @Test
    void showsNothingOfAnIncompleteHead() {
        parse("GET / HTTP/1.1\r\n");

        assertThatIllegalStateException().isThrownBy(parser::head);
        assertThatIllegalStateException().isThrownBy(parser::headEnd);
        assertThatIllegalStateException().isThrownBy(parser::framing);
        assertThatIllegalStateException().isThrownBy(parser::fault);
    }

    @Test
    void refusesAtTheFirstByteThatCannotBeRight() {
        String good = "GET / HTTP/1.1\r\nHost: a.test\r\nX: a";
        assertThat(parse(good)).isEqualTo(Step.NEED_MORE);

        assertThat(parse(good + "\0")).isEqualTo(Step.FAULT);
    }

    /** Small limits, each met exactly and passed by one. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void holdsItsLimitsToTheByte(boolean over) {
        int more = over ? 1 : 0;
        var limits = new WireLimits(64, 32, 200, 4, 0, 16);

        assertThat(fault(limits, "GET /" + "a".repeat(64 - 14 + more) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .isEqualTo(over ? "request_line_too_long" : "");
        assertThat(fault(limits, Raw.bare("Host: a", "X: " + "a".repeat(29 + more))))
                .isEqualTo(over ? "field_too_long" : "");
        assertThat(fault(limits, Raw.bare("Host: a", "X: 1", "X: 2\r\nX: 3" + (over ? "\r\nX: 4" : ""))))
                .isEqualTo(over ? "too_many_fields" : "");
    }

    private static String fault(WireLimits limits, String raw) {
        byte[] bytes = raw.getBytes(ISO_8859_1);
        Reading whole = new Reader(limits).request(bytes);
        assertThat(IntStream.range(0, bytes.length)
                        .filter(cut -> !new Reader(limits).request(bytes, cut).equals(whole)))
                .isEmpty();
        return whole instanceof Reading.Fault(WireFault found, boolean _) ? found.code() : "";
    }
}
