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
 * A wrapped data key as it is stored: six lines of text, for whoever has to read it without us; seven with a key for
 * each session.
 *
 * <p>It has a file of its own, and is not a part of the segments that need it, because it must be possible to destroy
 * it, and to wrap it anew, while segments never change.
 *
 * @param sessions empty for one key for all; {@link #WHOLE} when what is wrapped is the root of a {@link KeyTree}; else
 *     the tree without the leaves that were destroyed, encrypted by what is wrapped, which is another key then
 */
record KeyRecord(long id, KeyLabel label, WrappedKey wrapped, String sessions) {
    static final String SUFFIX = ".dek";
    static final String WHOLE = "whole";

    /** Some 4,000 sessions that were erased far from each other. */
    static final int MAX_SESSIONS = 4 * 1024 * 1024;

    static final int MAX_BYTES = 2 * WrappedKey.MAX_LENGTH + 512 + MAX_SESSIONS;

    private static final String FIRST = "hansard data key 1";
    private static final List<String> NAMES =
            List.of("id: ", "service: ", "class: ", "day: ", "by: ", "key: ", "sessions: ");

    KeyRecord {
        if (sessions.length() > MAX_SESSIONS) {
            throw new StorageException("data key " + DataKey.text(id) + " of " + label
                    + " takes no more erased sessions; destroy the keys of the whole day, or let them expire");
        }
    }

    /** One key for all. */
    KeyRecord(long id, KeyLabel label, WrappedKey wrapped) {
        this(id, label, wrapped, "");
    }

    boolean isOfSessions() {
        return !sessions.isEmpty();
    }

    /** What it is wrapped for: neither kind can be taken for the other. */
    String purpose() {
        return purpose(id, label, isOfSessions());
    }

    static String purpose(long id, KeyLabel label, boolean ofSessions) {
        return label.purpose(id) + (ofSessions ? "/sessions" : "");
    }

    /** The same key wrapped by something else. */
    KeyRecord wrappedAs(WrappedKey other) {
        return new KeyRecord(id, label, other, sessions);
    }

    byte[] encode() {
        List<Object> values = List.of(
                DataKey.text(id),
                label.service(),
                label.retention(),
                label.day(),
                wrapped.wrappedBy(),
                wrapped.text(),
                sessions);
        var text = new StringBuilder(FIRST).append('\n');
        for (int i = 0; i < (isOfSessions() ? NAMES.size() : NAMES.size() - 1); i++) {
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
            boolean ofSessions = lines.size() == NAMES.size() + 1;
            if ((lines.size() != NAMES.size() && !ofSessions)
                    || !lines.getFirst().equals(FIRST)) {
                throw new InvalidValueException("it has other lines");
            }
            return new KeyRecord(
                    HexFormat.fromHexDigitsToLong(value(lines, 0)),
                    new KeyLabel(
                            new ServiceName(value(lines, 1)),
                            new RetentionClass(value(lines, 2)),
                            LocalDate.parse(value(lines, 3))),
                    new WrappedKey(value(lines, 4), value(lines, 5)),
                    ofSessions ? value(lines, 6) : "");
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
