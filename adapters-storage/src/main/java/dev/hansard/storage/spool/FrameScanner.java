// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.SessionSummary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the frames of a file. A frame that is damaged ends the walk for as long as nothing follows that is whole:
 * then the walk goes on there, and the bytes between are a {@link Gap}. A frame found behind a gap must carry the salt
 * of the file, because it could lie in somebody's body. Belongs to one thread.
 */
final class FrameScanner {
    /** A whole frame. */
    record Found(long offset, FrameHead head) {
        long end() {
            return offset + head.frameLength();
        }
    }

    /**
     * Bytes that are no frame.
     *
     * @param tail whether no frame follows: a torn end, as a loss of power leaves it
     */
    record Gap(long from, long to, boolean tail) {}

    private final FileWindow window;
    private long to;
    private final boolean deep;
    private final List<Gap> gaps = new ArrayList<>();
    private @Nullable Long salt;
    private long at;
    private long tornSequence;

    /**
     * @param salt of the file; null when its header is lost, then the first frame's counts
     * @param deep whether the records are checked too, not only the heads
     */
    FrameScanner(Disk.File file, long from, long to, @Nullable Long salt, boolean deep) {
        window = new FileWindow(file);
        at = from;
        this.to = to;
        this.salt = salt;
        this.deep = deep;
    }

    /** The next frame; null at the end. */
    @Nullable
    Found next() throws IOException {
        if (at >= to) {
            return null;
        }
        Found here = frameAt(at);
        if (here == null) {
            here = search(at);
            if (here == null) {
                endOfFrames();
                return null;
            }
            gaps.add(new Gap(at, here.offset(), false));
        }
        salt = here.head().salt();
        at = here.end();
        return here;
    }

    /** The file counts further now. */
    void extend(long newTo) {
        to = newTo;
        window.forget();
    }

    /** The summary of the frame found last. */
    SessionSummary summary(Found found) throws IOException {
        return SummaryCodec.read(
                found.head().id(),
                window.view(found.offset() + FrameFormat.HEAD, found.head().summaryLength()));
    }

    /** Updates a digest with all bytes of a frame. */
    void digest(Found found, MessageDigest digest) throws IOException {
        window.each(found.offset(), found.head().frameLength(), digest::update);
    }

    /** Behind the last frame found. */
    long position() {
        return at;
    }

    /** The salt of the file; null when it has no frame and its header is lost. */
    @Nullable
    Long salt() {
        return salt;
    }

    /** The highest sequence in a head whose record is not whole; 0 for none. It has been given, though to nothing. */
    long tornSequence() {
        return tornSequence;
    }

    /** What was skipped so far. */
    List<Gap> gaps() {
        return gaps;
    }

    private @Nullable Found frameAt(long offset) throws IOException {
        ByteBuffer fixed = window.view(offset, FrameFormat.HEAD);
        int headLength = fixed.remaining() < FrameFormat.HEAD ? -1 : FrameFormat.headLength(fixed);
        if (headLength < 0) {
            return null;
        }
        ByteBuffer bytes = window.view(offset, headLength);
        FrameHead head = bytes.remaining() < headLength ? null : FrameFormat.read(bytes);
        if (head == null || (salt != null && head.salt() != salt) || offset + head.frameLength() > to) {
            return null;
        }
        var found = new Found(offset, head);
        if (deep && !isWhole(found)) {
            tornSequence = Math.max(tornSequence, head.sequence());
            return null;
        }
        return found;
    }

    private boolean isWhole(Found found) throws IOException {
        FrameHead head = found.head();
        return isWhole(found.offset() + head.requestAt(), head.request())
                && isWhole(found.offset() + head.responseAt(), head.response())
                && isWhole(found.offset() + head.metadataAt(), head.metadata());
    }

    private boolean isWhole(long offset, FrameHead.Part part) throws IOException {
        return part.length() == 0 || window.crc(offset, part.length()) == part.crc();
    }

    /** The first whole frame behind {@code damaged}. */
    private @Nullable Found search(long damaged) throws IOException {
        long next = damaged + 1;
        while (next + FrameFormat.HEAD <= to) {
            ByteBuffer view = window.rest(next);
            int candidates = view.remaining() - 15;
            int hit = candidates <= 0 ? -1 : magicIn(view, candidates);
            if (candidates <= 0) {
                return null;
            }
            if (hit < 0) {
                next += candidates;
                continue;
            }
            Found found = frameAt(next + hit);
            if (found != null) {
                return found;
            }
            next += hit + 1;
        }
        return null;
    }

    private static int magicIn(ByteBuffer view, int candidates) {
        for (int i = 0; i < candidates; i++) {
            if (view.get(i) == (byte) FrameFormat.SKIPPABLE
                    && view.getInt(i) == FrameFormat.SKIPPABLE
                    && view.getLong(i + 8) == FrameFormat.MAGIC) {
                return i;
            }
        }
        return -1;
    }

    /** Zeros are room that was never written; anything else is a frame that was not finished, or was destroyed. */
    private void endOfFrames() throws IOException {
        long lastByte = -1;
        for (long next = at; next < to; ) {
            ByteBuffer view = window.rest(next);
            if (!view.hasRemaining()) {
                break;
            }
            int length = (int) Math.min(view.remaining(), to - next);
            for (int i = length - 1; i >= 0; i--) {
                if (view.get(i) != 0) {
                    lastByte = next + i;
                    break;
                }
            }
            next += length;
        }
        if (lastByte >= 0) {
            gaps.add(new Gap(at, lastByte + 1, true));
        }
    }
}
