// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class BatteryTest {
    private final Reader reader = new Reader(WireLimits.DEFAULT);

    static List<RequestCase> requests() {
        return RequestCases.all();
    }

    static List<ResponseCase> responses() {
        return ResponseCases.all();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void readsEachRequestAsTheBatterySays(RequestCase request) {
        Reading reading = reader.request(request.bytes());

        assertThat(outcome(reading, request)).isEqualTo(request.outcome());
    }

    @ParameterizedTest
    @MethodSource("responses")
    void readsEachResponseAsTheBatterySays(ResponseCase response) {
        Reading reading = reader.response(response.bytes(), response.method());

        assertThat(outcome(reading, response)).isEqualTo(response.outcome());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void readsARequestTheSameWhereverItIsCut(RequestCase request) {
        byte[] raw = request.bytes();
        Reading whole = reader.request(raw);

        IntStream telling = IntStream.range(1, raw.length)
                .filter(cut -> !reader.request(raw, cut).equals(whole));

        assertThat(telling).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("responses")
    void readsAResponseTheSameWhereverItIsCut(ResponseCase response) {
        byte[] raw = response.bytes();
        Reading whole = reader.response(raw, response.method());

        IntStream telling = IntStream.range(1, raw.length)
                .filter(cut -> !reader.response(raw, response.method(), cut).equals(whole));

        assertThat(telling).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void readsARequestTheSameByteByByte(RequestCase request) {
        byte[] raw = request.bytes();

        Reading slow = reader.request(raw, IntStream.range(0, raw.length).toArray());

        assertThat(slow).isEqualTo(reader.request(raw));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void readsAResponseTheSameByteByByte(ResponseCase response) {
        byte[] raw = response.bytes();

        Reading slow = reader.response(
                raw, response.method(), IntStream.range(0, raw.length).toArray());

        assertThat(slow).isEqualTo(reader.response(raw, response.method()));
    }

    @Test
    void isLargeEnoughAndNamesEachMessageOnce() {
        assertThat(requests()).hasSizeGreaterThanOrEqualTo(150);
        assertThat(requests()).extracting(RequestCase::name).doesNotHaveDuplicates();

        assertThat(responses()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(responses()).extracting(ResponseCase::name).doesNotHaveDuplicates();
    }

    private static RequestCase.Outcome outcome(Reading reading, RequestCase request) {
        return switch (reading) {
            case Reading.Message message ->
                new RequestCase.Outcome.Accepted(
                        message.framing(), message.content(), request.raw().substring(message.length()));
            case Reading.Fault(WireFault fault, boolean inContent) ->
                new RequestCase.Outcome.Refused(fault.status(), fault.code(), inContent);
            case Reading.Unfinished _ -> new RequestCase.Outcome.Unfinished();
        };
    }

    private static ResponseCase.Outcome outcome(Reading reading, ResponseCase response) {
        return switch (reading) {
            case Reading.Message message ->
                new ResponseCase.Outcome.Accepted(
                        Integer.parseInt(message.start().getFirst()),
                        message.framing(),
                        message.content(),
                        message.persistent(),
                        message.interims(),
                        rest(response, message));
            case Reading.Fault(WireFault fault, boolean inContent) ->
                new ResponseCase.Outcome.Refused(fault.code(), inContent);
            case Reading.Unfinished _ -> new ResponseCase.Outcome.Unfinished();
        };
    }

    private static String rest(ResponseCase response, Reading.Message message) {
        byte[] raw = response.bytes();
        return new String(raw, message.length(), raw.length - message.length(), StandardCharsets.ISO_8859_1);
    }
}
