// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.storage.tokens.TextFeed;
import dev.hansard.storage.tokens.TextFormat;
import dev.hansard.storage.tokens.TextSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Gives the texts of frames to whoever looks at their words. Belongs to one thread. */
final class FrameTexts implements AutoCloseable {
    /** Longest record, decompressed, that is in memory as a whole; a longer one streams. */
    static final int MAX_RECORD = 1024 * 1024;

    private static final int BUFFER = 32 * 1024;

    private final TextFeed feed;
    private final RecordDecompressor decompressor = new RecordDecompressor();
    private final BooleanSupplier isEnough;

    /**
     * Texts for a sink.
     *
     * @param isEnough whether the rest of a long text is of no use
     */
    FrameTexts(TextSink sink, BooleanSupplier isEnough) {
        this.feed = new TextFeed(sink);
        this.isEnough = isEnough;
    }

    /** The content of a message, if it is text. */
    void content(FrameReader frame, Direction direction) throws IOException {
        read(frame, direction, false);
    }

    /** The content, before it the target of a request and the values of fields. */
    void all(FrameReader frame, Direction direction) throws IOException {
        read(frame, direction, true);
    }

    private void read(FrameReader frame, Direction direction, boolean withHead) throws IOException {
        byte[] record = frame.record(direction, MAX_RECORD, decompressor);
        if (record == null) {
            stream(frame, direction, withHead);
        } else if (record.length > 0) {
            RecordText text = RecordText.of(record, direction, frame.isChunked(direction));
            if (withHead) {
                text.head(feed);
            }
            text.content(feed);
        }
    }

    private void stream(FrameReader frame, Direction direction, boolean withHead) throws IOException {
        Session session = frame.session();
        boolean isRequest = direction == Direction.REQUEST;
        RecordedMessage message = isRequest ? session.request() : session.response();
        if (withHead) {
            if (isRequest) {
                text(TextFormat.FORM, session.receivedTarget());
            }
            message.headers().forEach(field -> text(TextFormat.PLAIN, field.value()));
        }
        String coding = message.masking().decoded() ? "" : value(message, "content-encoding");
        TextFormat format = TextFeed.formatOf(value(message, "content-type"), coding);
        if (format != null) {
            content(frame, direction, format);
        }
    }

    private void content(FrameReader frame, Direction direction, TextFormat format) throws IOException {
        var buffer = new byte[BUFFER];
        try (InputStream in = frame.body(direction)) {
            feed.begin(format);
            for (int count = in.read(buffer); count >= 0 && !isEnough.getAsBoolean(); count = in.read(buffer)) {
                feed.put(buffer, 0, count);
            }
            feed.end();
        }
    }

    private void text(TextFormat format, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        feed.text(format, bytes, 0, bytes.length);
    }

    private static String value(RecordedMessage message, String name) {
        return message.headers().stream()
                .filter(field -> field.name().toLowerCase(Locale.ROOT).equals(name))
                .map(Field::value)
                .reduce("", (_, last) -> last);
    }

    @Override
    public void close() {
        decompressor.close();
    }
}
