// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import dev.hansard.ports.crypt.WrappedKey;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;

/**
 * A wrapped data key as it is stored: six lines of text, for whoever has to read it without us.
 *
 * <p>It has a file of its own, and is not a part of the segments that need it, because it must be possible to destroy
 * it, and to wrap it anew, while segments never change.
 */
record KeyRecord(long id, KeyLabel label, WrappedKey wrapped) {
    static final String SUFFIX = ".dek";
    static final int MAX_BYTES = 2 * WrappedKey.MAX_LENGTH + 512;

    private static final String FIRST = "hansard data key 1";
    private static final List<String> NAMES = List.of("id: ", "service: ", "class: ", "day: ", "by: ", "key: ");

    byte[] encode() {
        List<Object> values = List.of(
                DataKey.text(id), label.service(), label.retention(), label.day(), wrapped.wrappedBy(), wrapped.text());
        var text = new StringBuilder(FIRST).append('\n');
        for (int i = 0; i < NAMES.size(); i++) {
            text.append(NAMES.get(i)).append(values.get(i)).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads one.
     *
     * @param where it comes from, for the message
     * @throws StorageException when it is none
     */
    static KeyRecord decode(byte[] bytes, String where) {
        List<String> lines =
                new String(bytes, StandardCharsets.US_ASCII).lines().toList();
        try {
            if (lines.size() != NAMES.size() + 1 || !lines.getFirst().equals(FIRST)) {
                throw new InvalidValueException("it has other lines");
            }
            return new KeyRecord(
                    HexFormat.fromHexDigitsToLong(value(lines, 0)),
                    new KeyLabel(
                            new ServiceName(value(lines, 1)),
                            new RetentionClass(value(lines, 2)),
                            LocalDate.parse(value(lines, 3))),
                    new WrappedKey(value(lines, 4), value(lines, 5)));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new StorageException("wrapped data key in " + where + " does not read; put a copy back", e);
        }
    }

    private static String value(List<String> lines, int number) {
        String line = lines.get(number + 1);
        if (!line.startsWith(NAMES.get(number))) {
            throw new InvalidValueException("line " + (number + 2) + " is another");
        }
        return line.substring(NAMES.get(number).length());
    }

    /** Of the same key wrapped by something else the name is another, so that neither takes the place of the other. */
    String fileName() {
        return DataKey.text(id) + "." + sha256().substring(0, 8) + SUFFIX;
    }

    String objectKey() {
        return label.folder() + fileName();
    }

    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encode()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
