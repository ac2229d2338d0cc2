// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.search.Phrase;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.storage.tokens.PhraseFinder;
import dev.hansard.storage.tokens.TextFeed;
import dev.hansard.storage.tokens.TextFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Whether the contents of frames have a phrase. Belongs to one thread. */
final class FrameSearch implements AutoCloseable {
    private static final int BUFFER = 32 * 1024;

    private final PhraseFinder finder;
    private final TextFeed feed;
    private final RecordDecompressor decompressor = new RecordDecompressor();

    FrameSearch(Phrase phrase) {
        finder = new PhraseFinder(phrase);
        feed = new TextFeed(finder);
    }

    /** Whose content has the phrase; none or both it may be. */
    Set<Direction> in(FrameReader frame) throws IOException {
        var found = EnumSet.noneOf(Direction.class);
        for (Direction direction : Direction.values()) {
            byte[] record = frame.record(direction, FrameWords.MAX_RECORD, decompressor);
            if (record == null) {
                stream(frame, direction);
            } else if (record.length > 0) {
                RecordText.of(record, direction, frame.isChunked(direction)).content(feed);
            }
            if (finder.wasFound()) {
                found.add(direction);
            }
        }
        return found;
    }

    /** A record that is too long to be in memory. */
    private void stream(FrameReader frame, Direction direction) throws IOException {
        RecordedMessage message = direction == Direction.REQUEST
                ? frame.session().request()
                : frame.session().response();
        String coding = message.masking().decoded() ? "" : value(message, "content-encoding");
        TextFormat format = TextFeed.formatOf(value(message, "content-type"), coding);
        if (format == null) {
            return;
        }
        var buffer = new byte[BUFFER];
        try (InputStream in = frame.body(direction)) {
            feed.begin(format);
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                feed.put(buffer, 0, count);
            }
            feed.end();
        }
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
