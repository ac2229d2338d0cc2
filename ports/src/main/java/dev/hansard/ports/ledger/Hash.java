// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.ledger;

import dev.hansard.ports.value.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/**
 * A SHA-256, as four numbers of which the first holds its first eight bytes, the highest byte first.
 *
 * @since 0.1
 */
public record Hash(long first, long second, long third, long fourth) {
    /** How many bytes it has. */
    public static final int BYTES = 32;

    /**
     * The hash of these bytes.
     *
     * @param bytes exactly {@link #BYTES} of them
     */
    public static Hash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new InvalidValueException("a SHA-256 must have " + BYTES + " bytes, but has " + bytes.length);
        }
        return read(ByteBuffer.wrap(bytes));
    }

    /** Takes the next {@link #BYTES} bytes. */
    public static Hash read(ByteBuffer in) {
        ByteBuffer bytes = in.slice(in.position(), BYTES).order(ByteOrder.BIG_ENDIAN);
        in.position(in.position() + BYTES);
        return new Hash(bytes.getLong(0), bytes.getLong(8), bytes.getLong(16), bytes.getLong(24));
    }

    /**
     * Reads {@link #toString}, with its padding and no other spelling.
     *
     * @throws InvalidValueException when it is none
     */
    public static Hash parse(String base64) {
        try {
            Hash hash = of(Base64.getDecoder().decode(base64));
            if (hash.toString().equals(base64)) {
                return hash;
            }
        } catch (IllegalArgumentException _) {
            // As below.
        }
        throw new InvalidValueException("a hash must be 44 characters of base64, but is '"
                + base64.substring(0, Math.min(base64.length(), 60)) + "'");
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    /** As C2SP writes hashes: base64 with padding. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(toBytes());
    }
}
