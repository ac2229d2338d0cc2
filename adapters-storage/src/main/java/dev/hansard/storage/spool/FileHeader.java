// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first 512 bytes of a spool file, a sector of their own: who it is, and how far the file before it counts.
 *
 * @param number the file's number, as in its name
 * @param salt what all its frames carry
 * @param createdAt to the second
 * @param firstSequence no record in it has a lower sequence, but for those taken over from a file that died
 * @param previous number of the file before it; 0 for none
 * @param previousEnd where that file ended when this one was begun; frames behind were never acknowledged and are void
 */
record FileHeader(long number, long salt, Instant createdAt, long firstSequence, long previous, long previousEnd) {
    static final int LENGTH = 512;

    private static final long MAGIC = 0x0A1A_4C46_534E_4148L;
    private static final int PREFIX = 8;
    private static final int CRC_AT = 20;

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(FrameFormat.SKIPPABLE)
                .putInt(LENGTH - PREFIX)
                .putLong(MAGIC)
                .putInt(FrameFormat.VERSION);
        bytes.putInt(0).putLong(number).putLong(salt).putLong(createdAt.getEpochSecond());
        bytes.putLong(firstSequence).putLong(previous).putLong(previousEnd);
        bytes.putInt(CRC_AT, crc(bytes));
        return bytes.clear();
    }

    /**
     * @return null when there is no header, or a damaged one
     * @throws IOException when it is of a later version: this program must not touch the file
     */
    static @Nullable FileHeader decode(ByteBuffer from) throws IOException {
        ByteBuffer bytes = from.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < LENGTH
                || bytes.getInt() != FrameFormat.SKIPPABLE
                || bytes.getInt() != LENGTH - PREFIX
                || bytes.getLong() != MAGIC) {
            return null;
        }
        int version = bytes.getInt();
        if (bytes.getInt() != crc(bytes)) {
            return null;
        }
        if (version != FrameFormat.VERSION) {
            throw new IOException("spool file has format " + version + ", but this program knows " + FrameFormat.VERSION
                    + "; start the program that wrote it, or move the file away");
        }
        return new FileHeader(
                bytes.getLong(),
                bytes.getLong(),
                Instant.ofEpochSecond(bytes.getLong()),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong());
    }

    private static int crc(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes.slice(0, CRC_AT));
        crc.update(bytes.slice(CRC_AT + 4, LENGTH - CRC_AT - 4));
        return (int) crc.getValue();
    }
}
