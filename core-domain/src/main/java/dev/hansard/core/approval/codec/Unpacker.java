// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.codec;

import dev.hansard.ports.session.StorageException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Packer} wrote. */
public final class Unpacker {
    private final ByteBuffer in;

    private Unpacker(ByteBuffer in) {
        this.in = in;
    }

    /**
     * Reads one value.
     *
     * @param what it is, for the message
     * @throws StorageException when it is not what was written
     */
    public static <T> T read(ByteBuffer packed, String what, Function<Unpacker, T> reading) {
        try {
            var unpacker = new Unpacker(packed.duplicate());
            T value = reading.apply(unpacker);
            if (unpacker.in.hasRemaining()) {
                throw damaged(what, null);
            }
            return value;
        } catch (BufferUnderflowException | IllegalArgumentException | DateTimeException e) {
            throw damaged(what, e);
        }
    }

    private static StorageException damaged(String what, @Nullable Exception cause) {
        String message = what + " is damaged, or was written by another version; restore it from a backup";
        return cause == null ? new StorageException(message) : new StorageException(message, cause);
    }

    public long number() {
        return in.getLong();
    }

    public boolean flag() {
        return in.get() != 0;
    }

    public String text() {
        boolean latin = in.get() == Packer.LATIN;
        ByteBuffer bytes = bytes();
        if (latin) {
            return StandardCharsets.ISO_8859_1.decode(bytes).toString();
        }
        return bytes.asCharBuffer().toString();
    }

    @Nullable
    public String nullableText() {
        return flag() ? text() : null;
    }

    /** A view. */
    public ByteBuffer bytes() {
        long length = number();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer bytes = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return bytes;
    }

    public Instant instant() {
        return Instant.ofEpochSecond(number(), number());
    }

    @Nullable
    public Instant nullableInstant() {
        return flag() ? instant() : null;
    }

    public List<String> texts() {
        return list(this::text);
    }

    public <T> List<T> list(Supplier<T> item) {
        long count = number();
        if (count < 0 || count > in.remaining()) {
            throw new BufferUnderflowException();
        }
        List<T> items = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            items.add(item.get());
        }
        return items;
    }
}
