// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.crypt.DataKey;
import dev.hansard.storage.crypt.DecryptedPart;
import dev.hansard.storage.crypt.PartCipher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one frame. What lies in its first 64 KiB, most often all of it, is fetched at once; the rest by ranges when it
 * is asked for. Nothing is given out of a record whose checksum is wrong, but for the content of one of more than a
 * MiB: that streams, and then ends with an exception. Belongs to one thread.
 */
final class FrameReader {
    private static final int WINDOW = 64 * 1024;
    private static final int CHECKED_FIRST = 1024 * 1024;

    private final FrameBytes bytes;
    private final byte[] window;
    private final FrameHead head;
    private final FrameKeys keys;

    private FrameReader(FrameBytes bytes, byte[] window, FrameHead head, FrameKeys keys) {
        this.bytes = bytes;
        this.window = window;
        this.head = head;
        this.keys = keys;
    }

    /**
     * @param length of the frame, as the catalog has it
     * @throws IOException when the bytes cannot be read, or are no frame of this session
     */
    static FrameReader open(FrameBytes bytes, long length, SessionId expected, FrameKeys keys) throws IOException {
        byte[] window;
        try (InputStream in = bytes.open(0, Math.min(length, WINDOW))) {
            window = in.readNBytes((int) Math.min(length, WINDOW));
        }
        FrameHead head = headOf(window);
        if (!head.id().equals(expected) || head.frameLength() != length) {
            throw new IOException("frame is another than the catalog says: it is of " + head.id());
        }
        return new FrameReader(bytes, window, head, keys);
    }

    private static FrameHead headOf(byte[] window) throws IOException {
        ByteBuffer view = ByteBuffer.wrap(window).order(ByteOrder.LITTLE_ENDIAN);
        int headLength = window.length < FrameFormat.HEAD ? -1 : FrameFormat.headLength(view);
        // A summary can be as long as the window; it then needs no second look, because it is cut before that.
        FrameHead head = headLength < 0 || headLength > window.length ? null : FrameFormat.read(view);
        if (head == null) {
            throw new IOException("frame is damaged: its head does not read");
        }
        return head;
    }

    FrameHead head() {
        return head;
    }

    /** All bytes of the frame, unchecked. */
    InputStream all() throws IOException {
        return bytes.open(0, head.frameLength());
    }

    SessionSummary summary() {
        return SummaryCodec.read(head.id(), ByteBuffer.wrap(window, FrameFormat.HEAD, head.summaryLength()));
    }

    /**
     * The session.
     *
     * @throws dev.hansard.ports.session.StorageException when it is encrypted and its key cannot be had
     */
    Session session() throws IOException {
        List<Field> request = messageFields(1, head.requestAt(), head.request());
        List<Field> response = messageFields(2, head.responseAt(), head.response());
        var raw = part(head.metadataAt(), head.metadata());
        try (var record = new RecordReader(new ZstdInputStreamNoFinalizer(clear(raw, 3)))) {
            long length = record.blockLength();
            List<Field> lines = record.fieldsWithin(length);
            raw.drain();
            return MetadataFields.read(head.id(), lines, request, response);
        } catch (NumberFormatException e) {
            throw new IOException("metadata record does not read", e);
        }
    }

    private List<Field> messageFields(int number, long at, FrameHead.Part part) throws IOException {
        if (part.length() == 0) {
            return List.of();
        }
        CheckedPart raw = part(at, part);
        try (var record = new RecordReader(new ZstdInputStreamNoFinalizer(clear(raw, number)))) {
            record.blockLength();
            record.line();
            List<Field> fields = record.fields();
            raw.drain();
            return fields;
        } catch (NumberFormatException e) {
            throw new IOException("record does not read", e);
        }
    }

    /**
     * The record of one message, decompressed.
     *
     * @param most bytes that it may have
     * @return null when it is longer; empty when there is none
     */
    byte @Nullable [] record(Direction direction, int most, RecordDecompressor decompressor) throws IOException {
        boolean request = direction == Direction.REQUEST;
        FrameHead.Part part = request ? head.request() : head.response();
        if (part.length() == 0) {
            return new byte[0];
        }
        if (part.length() > most) {
            return null;
        }
        CheckedPart raw = part(request ? head.requestAt() : head.responseAt(), part);
        try (InputStream clear = clear(raw, request ? 1 : 2)) {
            byte[] compressed = clear.readNBytes(part.length());
            raw.drain();
            return decompressor.decompress(compressed, most);
        }
    }

    /** Whether the content of that message stands in its record as one chunk. */
    boolean isChunked(Direction direction) {
        return head.has(direction == Direction.REQUEST ? FrameFormat.REQUEST_CHUNKED : FrameFormat.RESPONSE_CHUNKED);
    }

    /** The kept content of one message; the caller closes it. */
    InputStream body(Direction direction) throws IOException {
        boolean request = direction == Direction.REQUEST;
        FrameHead.Part part = request ? head.request() : head.response();
        if (part.length() == 0) {
            return InputStream.nullInputStream();
        }
        CheckedPart raw = part(request ? head.requestAt() : head.responseAt(), part);
        boolean chunked = isChunked(direction);
        var record = new RecordReader(new ZstdInputStreamNoFinalizer(clear(raw, request ? 1 : 2)));
        try {
            long blockLength = record.blockLength();
            record.line();
            record.fields();
            long length = chunked ? Long.parseLong(record.line(), 16) : blockLength - record.lineBytes();
            return new BodyStream(record.rest(), raw, length);
        } catch (IOException | NumberFormatException e) {
            record.close();
            throw new IOException("record does not read", e);
        }
    }

    /** The data key of the frame, and the number of one of its records under that; null when it is in clear. */
    @Nullable
    Encryption encryption() throws IOException {
        if (!head.has(FrameFormat.ENCRYPTED)) {
            return null;
        }
        try (InputStream in = bytes.open(head.metadataAt(), PartCipher.PREFIX)) {
            ByteBuffer prefix = ByteBuffer.wrap(in.readNBytes(PartCipher.PREFIX));
            if (prefix.remaining() < PartCipher.PREFIX) {
                throw new IOException("encrypted record is shorter than its beginning");
            }
            return new Encryption(PartCipher.keyId(prefix), PartCipher.record(prefix));
        }
    }

    /** By what a frame is encrypted. */
    record Encryption(long key, long record) {}

    /** The zstd frame of a record. */
    private InputStream clear(CheckedPart raw, int number) throws IOException {
        if (!head.has(FrameFormat.ENCRYPTED)) {
            return raw;
        }
        ByteBuffer prefix = ByteBuffer.wrap(raw.readNBytes(PartCipher.PREFIX));
        if (prefix.remaining() < PartCipher.PREFIX) {
            throw new IOException("encrypted record is shorter than its beginning");
        }
        DataKey key = keyOf(prefix);
        byte[] context = FrameFormat.context(window, head.headLength(), head.kind(), number, key.label());
        return new DecryptedPart(raw, prefix, raw.length(), key, context);
    }

    private DataKey keyOf(ByteBuffer prefix) throws IOException {
        try {
            return keys.forReading(summary(), PartCipher.keyId(prefix));
        } catch (InvalidValueException e) {
            throw new IOException("frame is damaged: it is of no day that a key can be of", e);
        }
    }

    private CheckedPart part(long at, FrameHead.Part part) throws IOException {
        if (at + part.length() <= window.length) {
            return checked(new ByteArrayInputStream(window, (int) at, part.length()), part);
        }
        InputStream in = bytes.open(at, part.length());
        return part.length() <= CHECKED_FIRST ? checked(in, part) : new CheckedPart(in, part);
    }

    private static CheckedPart checked(InputStream in, FrameHead.Part part) throws IOException {
        try (var first = new CheckedPart(in, part)) {
            return new CheckedPart(new ByteArrayInputStream(first.readAllBytes()), part);
        }
    }
}
