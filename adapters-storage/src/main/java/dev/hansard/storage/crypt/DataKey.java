// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * An AES-256 key that encrypts records, in clear. Safe for any number of threads.
 *
 * <p>Why no nonce comes twice under one key: a key encrypts in the process alone that drew it at random, and in no
 * other life of it, since a key that was read back only decrypts. So a counter in memory is enough; there is nothing
 * that a crash could take back, and nothing to agree on with other nodes. Each record takes the next number, which is
 * the first eight bytes of its nonces; the last four count its pieces, see {@link PartCipher}.
 *
 * <p>A key ends after 2^32 records or 2^40 bytes, whichever is first: 2^36 blocks keep the chance to tell GCM from
 * noise below 2^-56, far from the 2^-32 that NIST SP 800-38D asks for.
 */
public final class DataKey {
    static final long MAX_RECORDS = 1L << 32;
    static final long MAX_BYTES = 1L << 40;

    private final long id;
    private final KeyLabel label;
    private final SecretKeySpec key;
    private final boolean mayEncrypt;
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    DataKey(long id, KeyLabel label, byte[] key, boolean mayEncrypt) {
        this.id = id;
        this.label = label;
        this.key = new SecretKeySpec(key, "AES");
        this.mayEncrypt = mayEncrypt;
    }

    public long id() {
        return id;
    }

    public KeyLabel label() {
        return label;
    }

    SecretKey key() {
        return key;
    }

    /** Whether it may go on encrypting. */
    boolean isFresh() {
        return mayEncrypt && records.get() < MAX_RECORDS && bytes.get() < MAX_BYTES;
    }

    /** The number of a record of that many bytes, which no other has under this key. */
    long nextRecord(long length) {
        if (!mayEncrypt) {
            throw new IllegalStateException("data key " + this + " was read back and must not encrypt");
        }
        bytes.addAndGet(length);
        return records.getAndIncrement();
    }

    /** How a key is called in messages and names of files. */
    static String text(long id) {
        return HexFormat.of().toHexDigits(id);
    }

    @Override
    public String toString() {
        return text(id) + " of " + label;
    }
}
