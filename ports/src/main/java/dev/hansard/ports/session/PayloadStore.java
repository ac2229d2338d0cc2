// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;

/**
 * Keeps immutable segments under keys such as {@code payments/default/2026/11/23/14/0190....warc.zst}: segments of
 * {@code A-Z a-z 0-9 . _ -} joined by {@code /}, at most 512 characters. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface PayloadStore {
    /**
     * Stores {@code length} bytes whole or not at all; durable when it returns. An object that is there already with the same
     * length and SHA-256 is left as it is.
     *
     * @param sha256 64 lower-case hex digits, checked against what was stored
     * @throws StorageException when it could not be stored, or the key holds other bytes
     */
    void put(String key, InputStream bytes, long length, String sha256);

    /**
     * A range of an object. The caller closes it.
     *
     * @throws StorageException when there is no such object or range
     */
    InputStream read(String key, long offset, long length);

    /** Length in bytes, or empty when there is no such object. */
    OptionalLong length(String key);

    /**
     * Keys that start with {@code prefix}, in order.
     *
     * @param after only keys after this one; empty to start
     * @param limit 1 to 1000
     */
    List<String> list(String prefix, String after, int limit);

    /** Removes an object; does nothing when there is none. */
    void delete(String key);
}
