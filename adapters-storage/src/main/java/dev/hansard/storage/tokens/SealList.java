// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tokens;

import dev.hansard.storage.tokens.TokenBlock.Seal;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The seals of a {@link TokenBlock} as bytes. Records of one key mostly follow one another: then each takes a byte. */
final class SealList {
    private static final int MAX_SHIFT = 63;

    private SealList() {}

    static byte[] encode(List<Seal> seals) {
        var out = new ByteArrayOutputStream(2 * seals.size() + 32);
        int to;
        for (int from = 0; from < seals.size(); from = to) {
            to = from + 1;
            while (to < seals.size() && isNext(seals.get(to - 1), seals.get(to))) {
                to++;
            }
            byte[] id = ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(seals.get(from).key())
                    .array();
            out.writeBytes(id);
            varint(out, (long) to - from);
            long before = 0;
            for (Seal seal : seals.subList(from, to)) {
                varint(out, seal.record() - before);
                before = seal.record();
            }
        }
        return out.toByteArray();
    }

    private static boolean isNext(Seal left, Seal right) {
        return left.key() == right.key() && left.record() <= right.record();
    }

    private static void varint(ByteArrayOutputStream out, long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** The seals of a list; null when the bytes are none, or name more than {@code most}. */
    static @Nullable List<Seal> decode(ByteBuffer bytes, int most) {
        ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        var seals = new ArrayList<Seal>();
        try {
            while (in.hasRemaining()) {
                long key = in.getLong();
                long count = varint(in);
                if (count < 1 || count > most - seals.size()) {
                    return null;
                }
                long record = 0;
                for (long i = 0; i < count; i++) {
                    record += varint(in);
                    seals.add(new Seal(key, record));
                }
            }
        } catch (BufferUnderflowException _) {
            return null;
        }
        return seals;
    }

    private static long varint(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
            byte b = in.get();
            number |= (b & 0x7FL) << shift;
            if (b >= 0) {
                break;
            }
        }
        return number;
    }
}
