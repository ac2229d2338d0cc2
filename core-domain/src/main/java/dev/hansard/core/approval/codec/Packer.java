// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes values one after another so that they can be read back, and so that different values never have the same
 * bytes: each text has its length before it. Texts need not be well-formed Unicode.
 */
public final class Packer {
    public static final byte LATIN = 0;
    public static final byte WIDE = 1;

    private static final int LAST_LATIN = 0xFF;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public Packer number(long number) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        return this;
    }

    public Packer flag(boolean flag) {
        out.write(flag ? 1 : 0);
        return this;
    }

    public Packer text(String text) {
        boolean latin = text.chars().allMatch(c -> c <= LAST_LATIN);
        out.write(latin ? LATIN : WIDE);
        if (latin) {
            return bytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
        }
        // Char by char: an encoder would put a question mark for half of a pair, and make two texts one.
        ByteBuffer chars = ByteBuffer.allocate(text.length() * Character.BYTES);
        text.chars().forEach(c -> chars.putChar((char) c));
        return bytes(chars.flip());
    }

    public Packer nullableText(@Nullable String text) {
        flag(text != null);
        return text == null ? this : text(text);
    }

    public Packer bytes(ByteBuffer bytes) {
        number(bytes.remaining());
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        out.writeBytes(copy);
        return this;
    }

    /** To the nanosecond. */
    public Packer instant(Instant time) {
        return number(time.getEpochSecond()).number(time.getNano());
    }

    public Packer nullableInstant(@Nullable Instant time) {
        flag(time != null);
        return time == null ? this : instant(time);
    }

    public Packer texts(List<String> texts) {
        return list(texts, this::text);
    }

    public <T> Packer list(List<T> items, Consumer<T> item) {
        number(items.size());
        items.forEach(item);
        return this;
    }

    public ByteBuffer packed() {
        return ByteBuffer.wrap(out.toByteArray());
    }
}
