// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.value.InvalidValueException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps immutable segments under keys such as {@code payments/default/2026/11/23/14/0190....warc.zst}: segments of
 * {@code A-Z a-z 0-9 . _ -}, none starting with a dot, joined by {@code /}, at most {@link #MAX_KEY} characters. Other
 * keys are refused with {@link InvalidValueException}. A store may refuse a key that continues another one with a
 * slash, as a file system must. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface PayloadStore extends AutoCloseable {
    /** Most characters of a key. */
    int MAX_KEY = 512;

    /** Most keys of one {@link #list}. */
    int MAX_LIST = 1000;

    /**
     * Stores {@code length} bytes whole or not at all; durable when it returns. An object that is there already with
     * the same length and SHA-256 is left as it is.
     *
     * @param sha256 64 lower-case hex digits, checked against what was stored
     * @throws StorageException when it could not be stored, or the key holds other bytes
     */
    void put(String key, InputStream bytes, long length, String sha256);

    /**
     * A range of an object. The caller closes it.
     *
     * @param length bytes; the whole range must lie within the object
     * @throws StorageException when there is no such object or range
     */
    InputStream read(String key, long offset, long length);

    /** Length in bytes, or empty when there is no such object. */
    OptionalLong length(String key);

    /**
     * Keys that start with {@code prefix}, in the order of their characters.
     *
     * @param prefix the beginning of a key; empty for all
     * @param after only keys after this one; empty to start
     * @param limit 1 to {@link #MAX_LIST}
     */
    List<String> list(String prefix, String after, int limit);

    /** Removes an object; does nothing when there is none. An object that is locked stays, and the call fails. */
    void delete(String key);

    /** Ends what it needs to work; what was stored stays. */
    @Override
    default void close() {}

    /** The means to keep objects from being removed by anybody, where the store has them. */
    default Optional<PayloadLocks> locks() {
        return Optional.empty();
    }

    /** The clock of the server that keeps the objects; empty where that is no other machine. */
    default Optional<TimeWitness> clock() {
        return Optional.empty();
    }

    /**
     * Checks a key, for implementations.
     *
     * @return the key
     * @throws InvalidValueException when it is not one
     */
    static String requireKey(String key) {
        boolean legal = !key.isEmpty() && key.length() <= MAX_KEY && !key.endsWith("/");
        char before = '/';
        for (int i = 0; legal && i < key.length(); i++) {
            char c = key.charAt(i);
            legal = before == '/'
                    ? isLetterOrDigit(c) || c == '_' || c == '-'
                    : isLetterOrDigit(c) || "._-/".indexOf(c) >= 0;
            before = c;
        }
        if (!legal) {
            String shown = key.length() > MAX_KEY ? key.substring(0, MAX_KEY) + "..." : key;
            throw new InvalidValueException("payload key '" + shown + "' must be 1 to " + MAX_KEY
                    + " of A-Z a-z 0-9 . _ - / without empty segments or ones that start with a dot");
        }
        return key;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
