// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.crypt.KeyLabel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a frame, the same in spool and segment, little-endian:
 *
 * <pre>
 *  0  u32  0x184D2A58: a zstd skippable frame (RFC 8878 section 3.1.2), so that a segment is a legal .warc.zst;
 *          not ..5D, which means a dictionary in .warc.zst
 *  4  u32  bytes of the skippable frame from 8 on
 *  8  u64  magic "HANSRD", 1A, 0A
 * 16  u8   version
 * 17  u8   kind
 * 18  u16  flags
 * 20  u32  CRC32C of the head: bytes 0 to 20 and from 24 to the end of the summary
 * 24  u64  salt
 * 32  u64  sequence
 * 40  u128 session id
 * 56  u32  length, u32 CRC32C of the compressed request record; 64 of the response record; 72 of the metadata record
 * 80       the summary, as {@link SummaryCodec} writes it, and of a record then 16 random bytes
 *          then the zstd frames: request, response, metadata
 * </pre>
 *
 * <p>The CRC of the head covers the CRCs of the records, so one damaged bit anywhere is seen; yet the indexer can
 * trust a head without reading the records, and a body can be checked without the rest. Salt, sequence and the CRC of
 * the head are stamped by the writer, when it knows where the frame goes: so encoding runs in parallel and the
 * sequence has no gaps but for records that were lost.
 *
 * <p>In version 2 each zstd frame is encrypted, as {@link dev.hansard.storage.crypt.PartCipher} does it; lengths and
 * CRCs are those of the ciphertext, so that whoever has no key can index, check and copy the frame. The summary is
 * clear, for the catalog, but has the target only up to its query.
 *
 * <p>The salt is against forgery: after damage the scanner looks for the next magic, and that could lie in a body that
 * an attacker made to look like a frame. It does not know the salt of the file.
 */
final class FrameFormat {
    static final int SKIPPABLE = 0x184D2A58;
    static final long MAGIC = 0x0A1A_4452_534E_4148L;
    static final int VERSION = 1;
    /** Of a frame whose records are encrypted. */
    static final int ENCRYPTED_VERSION = 2;

    static final int HEAD = 80;
    /** Most bytes of an encoded summary; {@link SummaryCodec} keeps to it by cutting long texts. */
    static final int MAX_SUMMARY = 64 * 1024;
    /** Random bytes at the end of a record's summary. */
    static final int RECORD_SALT = 16;
    /** The request's content is written as one chunk. */
    static final int REQUEST_CHUNKED = 1;
    /** The response's content is written as one chunk. */
    static final int RESPONSE_CHUNKED = 2;
    /** The records are encrypted; the version says the same. */
    static final int ENCRYPTED = 4;

    private static final int PREFIX = 8;
    private static final int CRC_AT = 20;
    private static final int SALT_AT = 24;
    private static final int SEQUENCE_AT = 32;
    private static final int[] PARTS_AT = {56, 64, 72};

    private FrameFormat() {}

    /** Writes a head that is still to be stamped; the summary is already in {@code out} behind {@link #HEAD} bytes. */
    static void putHead(ByteSink out, FrameHead head) {
        ByteBuffer view = out.view();
        view.putInt(0, SKIPPABLE);
        view.putInt(4, head.headLength() - PREFIX);
        view.putLong(8, MAGIC);
        view.put(16, (byte) version(head.flags()));
        view.put(17, (byte) head.kind().code());
        view.putShort(18, (short) head.flags());
        view.putLong(40, head.id().high());
        view.putLong(48, head.id().low());
        putPart(view, 56, head.request());
        putPart(view, 64, head.response());
        putPart(view, 72, head.metadata());
        stamp(out.array(), head.salt(), head.sequence());
    }

    private static int version(int flags) {
        return (flags & ENCRYPTED) == 0 ? VERSION : ENCRYPTED_VERSION;
    }

    private static void putPart(ByteBuffer view, int at, FrameHead.Part part) {
        view.putInt(at, part.length());
        view.putInt(at + 4, part.crc());
    }

    /**
     * Gives a record random bytes of its own, at the end of its summary, where readers of summaries leave alone what
     * they do not know. The ledger keeps a hash of the frame for ever: without these nobody could guess from it what an
     * erased record said.
     */
    static void saltRecord(byte[] frame, byte[] random, int from) {
        ByteBuffer view = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        view.put(PREFIX + view.getInt(4) - RECORD_SALT, random, from, RECORD_SALT);
    }

    /** Gives a frame its salt and its sequence. */
    static void stamp(byte[] frame, long salt, long sequence) {
        ByteBuffer view = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        view.putLong(SALT_AT, salt);
        view.putLong(SEQUENCE_AT, sequence);
        int headLength = PREFIX + view.getInt(4);
        view.putInt(CRC_AT, headCrc(view, headLength));
    }

    /** Length of the head that starts {@code bytes}, which must hold {@link #HEAD} of them; -1 when there is none. */
    static int headLength(ByteBuffer bytes) {
        int at = bytes.position();
        int length = bytes.getInt(at + 4);
        boolean plausible = bytes.getInt(at) == SKIPPABLE
                && bytes.getLong(at + 8) == MAGIC
                && length >= HEAD - PREFIX
                && length <= HEAD - PREFIX + MAX_SUMMARY;
        return plausible ? PREFIX + length : -1;
    }

    /** The head that starts {@code bytes}, which must hold all {@link #headLength} of it; null when it is damaged. */
    static @Nullable FrameHead read(ByteBuffer bytes) {
        ByteBuffer view = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        int headLength = headLength(view);
        if (headLength < 0
                || view.get(16) != version(view.getShort(18))
                || view.getInt(CRC_AT) != headCrc(view, headLength)) {
            return null;
        }
        FrameKind kind = FrameKind.of(view.get(17));
        FrameHead.Part request = part(view, 56);
        FrameHead.Part response = part(view, 64);
        FrameHead.Part metadata = part(view, 72);
        if (kind == null || request.length() < 0 || response.length() < 0 || metadata.length() < 0) {
            return null;
        }
        try {
            var id = new SessionId(view.getLong(40), view.getLong(48));
            return new FrameHead(
                    kind,
                    view.getShort(18) & 0xFFFF,
                    view.getLong(SALT_AT),
                    view.getLong(SEQUENCE_AT),
                    id,
                    request,
                    response,
                    metadata,
                    headLength - HEAD);
        } catch (InvalidValueException _) {
            return null;
        }
    }

    /**
     * What each encrypted record is bound to: the head with its summary, but for what is only known afterwards (the
     * checksums) or to the writer (salts and sequence); the place of the record in the frame; and what its key is for.
     * So a record cannot stand in for one of another session, service or side, and none can be left out. Where the
     * frame lies is no part of it: a frame can be copied as it is.
     *
     * @param head as {@link #putHead} makes it
     * @param part 1 to 3, as they come
     */
    static byte[] context(byte[] head, int headLength, FrameKind kind, int part, KeyLabel label) {
        byte[] purpose = label.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] context = Arrays.copyOf(head, headLength + 1 + purpose.length);
        Arrays.fill(context, CRC_AT, SEQUENCE_AT + 8, (byte) 0);
        for (int at : PARTS_AT) {
            Arrays.fill(context, at + 4, at + 8, (byte) 0);
        }
        if (kind.isRecord()) {
            Arrays.fill(context, headLength - RECORD_SALT, headLength, (byte) 0);
        }
        context[headLength] = (byte) part;
        System.arraycopy(purpose, 0, context, headLength + 1, purpose.length);
        return context;
    }

    private static FrameHead.Part part(ByteBuffer view, int at) {
        return new FrameHead.Part(view.getInt(at), view.getInt(at + 4));
    }

    private static int headCrc(ByteBuffer view, int headLength) {
        var crc = new CRC32C();
        crc.update(view.slice(0, CRC_AT));
        crc.update(view.slice(CRC_AT + 4, headLength - CRC_AT - 4));
        return (int) crc.getValue();
    }
}
