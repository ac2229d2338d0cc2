// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hansard.ports.exchange.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A driver of the codec for tests: feeds a message in pieces, each in a buffer of its own with foreign bytes
 * around, and closes the stream after it.
 */
final class Reader {
    /** Where the message starts in the buffers, so that a mix-up of indexes shows. */
    private static final int OFFSET = 3;

    private static final byte FOREIGN = 'x';

    private final RequestParser requests;
    private final ResponseParser responses;
    private final BodyDecoder decoder;

    Reader(WireLimits limits) {
        requests = new RequestParser(limits);
        responses = new ResponseParser(limits);
        decoder = new BodyDecoder(limits);
    }

    /** The reading of a request whose pieces end at {@code ends}, ascending, and at its own end. */
    Reading request(byte[] raw, int... ends) {
        requests.reset();
        for (int piece = 0; piece <= ends.length; piece++) {
            int end = piece < ends.length ? ends[piece] : raw.length;
            switch (requests.parse(buffer(raw, end), OFFSET, OFFSET + end)) {
                case NEED_MORE -> {}
                case FAULT -> {
                    return new Reading.Fault(requests.fault(), false);
                }
                case DONE -> {
                    return contentOfRequest(raw, piece, ends);
                }
            }
        }
        return new Reading.Unfinished();
    }

    private Reading contentOfRequest(byte[] raw, int piece, int... ends) {
        int headEnd = requests.headEnd() - OFFSET;
        var message = new Reading.Message(
                List.of(requests.head().method(), requests.head().target()),
                requests.head().fields().toList(),
                requests.framing(),
                requests.contentLength(),
                requests.keepAlive(),
                requests.expectsContinue(),
                List.of(),
                "",
                List.of(),
                headEnd);
        return withContent(message, raw, piece, ends);
    }

    /** The reading of the response to a request with {@code method}. */
    Reading response(byte[] raw, String method, int... ends) {
        var interims = new ArrayList<Integer>();
        int start = 0;
        responses.reset(method);
        for (int piece = 0; piece <= ends.length; piece++) {
            int end = piece < ends.length ? ends[piece] : raw.length;
            Step step = responses.parse(buffer(raw, end), OFFSET + start, OFFSET + end);
            while (step == Step.DONE && responses.interim()) {
                interims.add(responses.head().status());
                start = responses.headEnd() - OFFSET;
                responses.reset(method);
                step = responses.parse(buffer(raw, end), OFFSET + start, OFFSET + end);
            }
            if (step == Step.FAULT) {
                return new Reading.Fault(responses.fault(), false);
            }
            if (step == Step.DONE) {
                return contentOfResponse(raw, interims, piece, ends);
            }
        }
        return new Reading.Unfinished();
    }

    private Reading contentOfResponse(byte[] raw, List<Integer> interims, int piece, int... ends) {
        int headEnd = responses.headEnd() - OFFSET;
        var message = new Reading.Message(
                List.of(
                        Integer.toString(responses.head().status()),
                        responses.head().reason()),
                responses.head().fields().toList(),
                responses.framing(),
                responses.contentLength(),
                responses.reusable(),
                false,
                List.copyOf(interims),
                "",
                List.of(),
                headEnd);
        return withContent(message, raw, piece, ends);
    }

    private Reading withContent(Reading.Message head, byte[] raw, int firstPiece, int... ends) {
        var content = new ByteArrayOutputStream();
        decoder.begin(head.framing(), head.contentLength());
        int from = head.length();
        Step step = Step.NEED_MORE;
        for (int piece = firstPiece; piece <= ends.length && step == Step.NEED_MORE; piece++) {
            int end = piece < ends.length ? ends[piece] : raw.length;
            step = decode(raw, from, end, content);
            from += decoder.consumed();
        }
        if (step == Step.NEED_MORE) {
            step = decoder.endOfStream();
        }
        if (step == Step.FAULT) {
            return new Reading.Fault(decoder.fault(), true);
        }
        List<Field> trailers = decoder.trailers().toList();
        return new Reading.Message(
                head.start(),
                head.fields(),
                head.framing(),
                head.contentLength(),
                head.persistent(),
                head.waits(),
                head.interims(),
                content.toString(ISO_8859_1),
                trailers,
                from);
    }

    private Step decode(byte[] raw, int from, int end, ByteArrayOutputStream content) {
        var piece = new byte[OFFSET + end - from + OFFSET];
        Arrays.fill(piece, FOREIGN);
        System.arraycopy(raw, from, piece, OFFSET, end - from);
        try {
            return decoder.decode(piece, OFFSET, OFFSET + end - from, content::write);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] buffer(byte[] raw, int end) {
        var buffer = new byte[OFFSET + end + OFFSET];
        Arrays.fill(buffer, 0, OFFSET, FOREIGN);
        System.arraycopy(raw, 0, buffer, OFFSET, end);
        Arrays.fill(buffer, OFFSET + end, buffer.length, FOREIGN);
        return buffer;
    }
}
