// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.storage.crypt.DataKey;
import dev.hansard.storage.crypt.PartCipher;
import java.util.zip.CRC32C;

/** Encrypts the records of frames. Belongs to one encoder, and so to one thread at a time. */
final class FrameCipher {
    private final PartCipher cipher = new PartCipher();
    private final ByteSink encrypted = new ByteSink(8 * 1024);
    private final CRC32C crc = new CRC32C();

    /**
     * A frame whose head is still to be put.
     *
     * @param bytes overwritten by the next
     */
    record Encrypted(ByteSink bytes, FrameHead head) {}

    /**
     * The frame with its records encrypted.
     *
     * @param clear the frame as it is in clear mode
     */
    Encrypted encrypt(DataKey key, ByteSink clear, FrameHead plain) {
        // Every record is bound to the lengths of all: so the head comes first.
        FrameHead bound = with(plain, length(plain.request()), length(plain.response()), length(plain.metadata()));
        encrypted.clear();
        encrypted.put(clear.array(), 0, plain.headLength());
        FrameFormat.putHead(encrypted, bound);
        DataKey.Turn turn = key.next((long) plain.request().length()
                + plain.response().length()
                + plain.metadata().length());
        var request = part(1, key, turn, clear, plain.requestAt(), plain.request(), bound);
        var response = part(2, key, turn, clear, plain.responseAt(), plain.response(), bound);
        var metadata = part(3, key, turn, clear, plain.metadataAt(), plain.metadata(), bound);
        return new Encrypted(encrypted, with(plain, request, response, metadata));
    }

    private FrameHead.Part part(
            int number,
            DataKey key,
            DataKey.Turn turn,
            ByteSink clear,
            long at,
            FrameHead.Part plain,
            FrameHead bound) {
        if (plain.length() == 0) {
            return FrameHead.Part.NONE;
        }
        int length = PartCipher.encryptedLength(plain.length());
        encrypted.reserve(length);
        byte[] context = FrameFormat.context(encrypted.array(), bound.headLength(), bound.kind(), number, key.label());
        int start = encrypted.size();
        cipher.encrypt(turn, number, context, clear.array(), (int) at, plain.length(), encrypted.array(), start);
        encrypted.skip(length);
        crc.reset();
        crc.update(encrypted.array(), start, length);
        return new FrameHead.Part(length, (int) crc.getValue());
    }

    private static FrameHead.Part length(FrameHead.Part plain) {
        return plain.length() == 0
                ? FrameHead.Part.NONE
                : new FrameHead.Part(PartCipher.encryptedLength(plain.length()), 0);
    }

    private static FrameHead with(
            FrameHead plain, FrameHead.Part request, FrameHead.Part response, FrameHead.Part metadata) {
        return new FrameHead(
                plain.kind(),
                plain.flags() | FrameFormat.ENCRYPTED,
                plain.salt(),
                plain.sequence(),
                plain.id(),
                request,
                response,
                metadata,
                plain.summaryLength());
    }
}
