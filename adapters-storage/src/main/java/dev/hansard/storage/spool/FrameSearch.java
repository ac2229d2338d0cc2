// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.search.Phrase;
import dev.hansard.ports.session.Direction;
import dev.hansard.storage.tokens.PhraseFinder;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** Whether the contents of frames have a phrase. Belongs to one thread. */
final class FrameSearch implements AutoCloseable {
    private final PhraseFinder finder;
    private final FrameTexts texts;

    FrameSearch(Phrase phrase) {
        finder = new PhraseFinder(phrase);
        texts = new FrameTexts(finder, () -> false);
    }

    /** Whose content has the phrase; none or both it may be. */
    Set<Direction> in(FrameReader frame) throws IOException {
        var found = EnumSet.noneOf(Direction.class);
        for (Direction direction : Direction.values()) {
            try {
                texts.content(frame, direction);
            } finally {
                // Of a text that broke off nothing may be left over for the next.
                finder.end();
                if (finder.wasFound()) {
                    found.add(direction);
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        texts.close();
    }
}
