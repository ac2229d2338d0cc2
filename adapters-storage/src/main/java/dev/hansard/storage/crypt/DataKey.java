// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import dev.hansard.ports.session.StorageException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * An AES-256 key that encrypts records, in clear. Safe for any number of threads.
 *
 * <p>Why no nonce comes twice under one key: a key encrypts in the process alone that drew it at random, and in no
 * other life of it, since a key that was read back only decrypts. So a counter in memory is enough; there is nothing
 * that a crash could take back, and nothing to agree on with other nodes. Each frame takes four numbers, one for each
 * of its records; a number is the first eight bytes of nonces, the last four count the pieces, see {@link PartCipher}.
 *
 * <p>With a key for each session the key is the root of a {@link KeyTree}, and the number of a frame is the leaf that
 * encrypts it. The frame is stored as ever.
 *
 * <p>A key ends after 2^30 frames or 2^40 bytes, whichever is first: 2^36 blocks keep the chance to tell GCM from
 * noise below 2^-56, far from the 2^-32 that NIST SP 800-38D asks for.
 */
public final class DataKey {
    static final long MAX_FRAMES = KeyTree.LEAVES;
    static final long MAX_BYTES = 1L << 40;
    /** Each frame has so many bits of numbers. */
    private static final int NUMBERS = 2;

    private final long id;
    private final KeyLabel label;
    private final Kind kind;
    private final boolean mayEncrypt;
    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    private DataKey(long id, KeyLabel label, Kind kind, boolean mayEncrypt) {
        this.id = id;
        this.label = label;
        this.kind = kind;
        this.mayEncrypt = mayEncrypt;
    }

    /** What it is made of. */
    private sealed interface Kind {}

    private record One(SecretKey key) implements Kind {}

    private record Many(KeyTree tree) implements Kind {}

    /** One key for everything. */
    static DataKey of(long id, KeyLabel label, byte[] key, boolean mayEncrypt) {
        return new DataKey(id, label, new One(aes(key)), mayEncrypt);
    }

    /** A key for each session. */
    static DataKey ofSessions(long id, KeyLabel label, KeyTree tree, boolean mayEncrypt) {
        return new DataKey(id, label, new Many(tree), mayEncrypt);
    }

    private static SecretKey aes(byte[] key) {
        return new SecretKeySpec(key, "AES");
    }

    /**
     * What encrypts one frame.
     *
     * @param id of the data key
     * @param first number of its records
     */
    public record Turn(long id, long first, SecretKey key) {}

    public long id() {
        return id;
    }

    public KeyLabel label() {
        return label;
    }

    /** Whether each session has a key of its own. */
    public boolean isOfSessions() {
        return kind instanceof Many;
    }

    /**
     * What decrypts the record with that number.
     *
     * @throws StorageException when it was destroyed
     */
    SecretKey keyOf(long record) {
        return switch (kind) {
            case One(SecretKey key) -> key;
            case Many(KeyTree tree) -> leaf(tree, record);
        };
    }

    private SecretKey leaf(KeyTree tree, long record) {
        byte[] leaf = tree.leaf(frame(record));
        if (leaf == null) {
            throw new StorageException("the key of this session was destroyed, when it was erased; nobody can read it");
        }
        return aes(leaf);
    }

    /** The frame that a record is of. */
    static long frame(long record) {
        return record >>> NUMBERS;
    }

    /** Whether it may go on encrypting. */
    boolean isFresh() {
        return mayEncrypt && frames.get() < MAX_FRAMES && bytes.get() < MAX_BYTES;
    }

    /** What encrypts a frame of that many bytes, and no other. */
    public Turn next(long length) {
        if (!mayEncrypt) {
            throw new IllegalStateException("data key " + this + " was read back and must not encrypt");
        }
        bytes.addAndGet(length);
        long first = frames.getAndIncrement() << NUMBERS;
        return new Turn(id, first, keyOf(first));
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
