// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.HeadPlan;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Prints a reading again with the codec's writer, as the proxy would send it on. */
final class Printer {
    /** Keeps every field and adds none. */
    static final HeadPlan ALL = new HeadPlan() {
        @Override
        public boolean keeps(int index) {
            return true;
        }

        @Override
        public void added(FieldSink sink) {
            // None.
        }
    };

    private Printer() {}

    /** Fields that are no view of the codec. */
    record ListedFields(List<Field> list) implements Fields {
        @Override
        public int count() {
            return list.size();
        }

        @Override
        public String name(int index) {
            return list.get(index).name();
        }

        @Override
        public String value(int index) {
            return list.get(index).value();
        }

        @Override
        public boolean isNamed(int index, String lowerCaseName) {
            return list.get(index).name().toLowerCase(Locale.ROOT).equals(lowerCaseName);
        }
    }

    static byte[] request(Reading.Message message) {
        var writer = new HeadWriter();
        writer.requestLine(message.start().getFirst(), message.start().getLast());
        return rest(writer, message);
    }

    static byte[] response(Reading.Message message) {
        var writer = new HeadWriter();
        writer.statusLine(
                Integer.parseInt(message.start().getFirst()), message.start().getLast());
        return rest(writer, message);
    }

    private static byte[] rest(HeadWriter writer, Reading.Message message) {
        writer.fields(new ListedFields(message.fields()), ALL);
        if (message.framing() == BodyFraming.CHUNKED) {
            writer.chunked();
        } else if (message.contentLength() >= 0) {
            writer.length(message.contentLength());
        }
        writer.end();
        content(writer, message);
        return Arrays.copyOf(writer.bytes(), writer.length());
    }

    private static void content(HeadWriter writer, Reading.Message message) {
        byte[] content = message.content().getBytes(ISO_8859_1);
        if (message.framing() != BodyFraming.CHUNKED) {
            writer.content(content, 0, content.length);
            return;
        }
        if (content.length > 0) {
            writer.chunkHead(content.length);
            writer.content(content, 0, content.length);
            writer.chunkTail();
        }
        writer.lastChunk(new ListedFields(message.trailers()));
    }

    /** What must be the same after printing: all but where framing fields stand and how long the message is. */
    static Reading.Message essence(Reading.Message message) {
        return new Reading.Message(
                message.start(),
                message.fields().stream().filter(Printer::isKept).toList(),
                message.framing(),
                message.framing() == BodyFraming.CHUNKED ? -1 : message.contentLength(),
                message.persistent(),
                message.waits(),
                List.of(),
                message.content(),
                message.trailers(),
                0);
    }

    private static boolean isKept(Field field) {
        String name = field.name().toLowerCase(Locale.ROOT);
        return !name.equals("content-length") && !name.equals("transfer-encoding");
    }
}
