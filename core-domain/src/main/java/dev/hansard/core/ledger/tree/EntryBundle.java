// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.tree;

import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.value.InvalidValueException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The bytes of tiles: hashes one after the other, and entries each behind its length in two bytes. */
public final class EntryBundle {
    /** The longest entry. */
    public static final int MAX_ENTRY = 0xFFFF;

    private EntryBundle() {}

    public static byte[] encode(List<byte[]> entries) {
        int length =
                entries.stream().mapToInt(entry -> Short.BYTES + entry.length).sum();
        ByteBuffer out = ByteBuffer.allocate(length);
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY) {
                throw new InvalidValueException(
                        "a ledger entry must have at most " + MAX_ENTRY + " bytes, but has " + entry.length);
            }
            out.putShort((short) entry.length).put(entry);
        }
        return out.array();
    }

    /**
     * Reads the entries back.
     *
     * @param width how many there have to be
     * @throws InvalidValueException when there are others
     */
    public static List<byte[]> decode(byte[] bundle, int width) {
        return decode(ByteBuffer.wrap(bundle), width, true);
    }

    /**
     * Reads the first entries of a bundle that may hold more.
     *
     * @throws InvalidValueException when it holds fewer
     */
    public static List<byte[]> decodeFirst(byte[] bundle, int width) {
        return decode(ByteBuffer.wrap(bundle), width, false);
    }

    private static List<byte[]> decode(ByteBuffer in, int width, boolean all) {
        var entries = new ArrayList<byte[]>(width);
        while (in.remaining() >= Short.BYTES && entries.size() < width) {
            int length = in.getShort() & MAX_ENTRY;
            if (length > in.remaining()) {
                break;
            }
            var entry = new byte[length];
            in.get(entry);
            entries.add(entry);
        }
        if (entries.size() != width || (all && in.hasRemaining())) {
            throw new InvalidValueException("a bundle must hold " + width + " entries, but its " + in.capacity()
                    + " bytes hold " + entries.size() + " and then something else");
        }
        return entries;
    }

    public static byte[] encodeHashes(List<Hash> hashes) {
        ByteBuffer out = ByteBuffer.allocate(Hash.BYTES * hashes.size());
        hashes.forEach(hash -> out.put(hash.toBytes()));
        return out.array();
    }

    /**
     * Reads the hashes of a tile back.
     *
     * @throws InvalidValueException when there are not {@code width}
     */
    public static List<Hash> decodeHashes(byte[] tile, int width) {
        if (tile.length != width * Hash.BYTES) {
            throw new InvalidValueException("a tile must hold " + width + " hashes, but has " + tile.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(tile);
        var hashes = new ArrayList<Hash>(width);
        while (in.hasRemaining()) {
            hashes.add(Hash.read(in));
        }
        return hashes;
    }
}
