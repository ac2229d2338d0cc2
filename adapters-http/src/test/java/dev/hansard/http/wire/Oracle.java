// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;

/** What holds for any bytes at all: shared by the properties and the fuzz targets. */
final class Oracle {
    private final Reader reader = new Reader(WireLimits.DEFAULT);

    /** Reading never throws, does not depend on the cut, and what was accepted is accepted again as printed. */
    void holdsForRequest(byte[] raw, int cut) {
        Reading whole = reader.request(raw);
        assertThat(reader.request(raw, within(cut, raw))).isEqualTo(whole);
        assertThat(reader.request(raw, everywhere(raw))).isEqualTo(whole);
        if (whole instanceof Reading.Message message) {
            assertThat(essence(reader.request(Printer.request(message)))).isEqualTo(Printer.essence(message));
            Reading alone = reader.request(Arrays.copyOf(raw, message.length()));
            assertThat(alone).as("bytes after the message are not part of it").isEqualTo(whole);
        }
    }

    /** The same for responses. */
    void holdsForResponse(byte[] raw, String method, int cut) {
        Reading whole = reader.response(raw, method);
        assertThat(reader.response(raw, method, within(cut, raw))).isEqualTo(whole);
        assertThat(reader.response(raw, method, everywhere(raw))).isEqualTo(whole);
        if (whole instanceof Reading.Message message) {
            // A doubtful 204 is sent on without the framing that made it doubtful; the rest must be the same.
            Reading.Message again = essence(reader.response(Printer.response(message), method));
            assertThat(again.start()).isEqualTo(message.start());
            assertThat(again.fields()).isEqualTo(Printer.essence(message).fields());
            assertThat(again.content()).isEqualTo(message.content());
            assertThat(again.trailers()).isEqualTo(message.trailers());
        }
    }

    private static Reading.Message essence(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Message.class);
        return Printer.essence((Reading.Message) reading);
    }

    private static int within(int cut, byte[] raw) {
        return raw.length == 0 ? 0 : Math.floorMod(cut, raw.length);
    }

    private static int[] everywhere(byte[] raw) {
        // Feeding byte by byte copies the buffer each time: long inputs go in steps.
        int step = 1 + raw.length / 512;
        return IntStream.range(0, raw.length).filter(at -> at % step == 0).toArray();
    }
}
