// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tokens;

/**
 * A Bloom filter over token hashes: it says of a token that it is not there, or that it may be. Fourteen bits a token
 * and ten places for each give one false "may be" in 850 (Bloom 1970); ten bits would give one in 120, and then reading
 * the sessions of those costs more than reading longer filters. The places come from the two halves of the hash (Kirsch
 * and Mitzenmacher 2006), which need no further hashing.
 *
 * <p>The bits are those of an array of bytes, the lowest bit of a byte first. Immutable once it is made.
 */
public final class TokenFilter {
    /** Bits for each token. */
    static final int BITS = 14;

    /** Places for each token: ln 2 times the bits. */
    static final int PLACES = 10;

    private final byte[] bits;

    private TokenFilter(byte[] bits) {
        this.bits = bits;
    }

    /** The filter of a set. */
    public static TokenFilter of(TokenSet tokens) {
        var filter = new TokenFilter(new byte[lengthOf(tokens.size())]);
        for (long hash : tokens.toArray()) {
            filter.add(hash);
        }
        return filter;
    }

    /** The filter with these bits, which are not to be changed; one without a bit holds nothing. */
    public static TokenFilter of(byte[] bits) {
        return new TokenFilter(bits);
    }

    /** Bytes of the filter of that many tokens. */
    static int lengthOf(int tokens) {
        return Math.ceilDiv(Math.multiplyExact(tokens, BITS), Byte.SIZE);
    }

    private void add(long hash) {
        long place = hash;
        for (int i = 0; i < PLACES; i++) {
            int bit = bit(place);
            bits[bit >>> 3] |= (byte) (1 << (bit & 7));
            place += step(hash);
        }
    }

    /** Whether a token may be there, by its hash. */
    public boolean mayHold(long hash) {
        long kept = hash == 0 ? 1 : hash;
        long place = kept;
        for (int i = 0; i < PLACES; i++) {
            if (bits.length == 0) {
                return false;
            }
            int bit = bit(place);
            if ((bits[bit >>> 3] & (1 << (bit & 7))) == 0) {
                return false;
            }
            place += step(kept);
        }
        return true;
    }

    /** Whether all of them may be there. */
    public boolean mayHoldAll(long[] hashes) {
        for (long hash : hashes) {
            if (!mayHold(hash)) {
                return false;
            }
        }
        return true;
    }

    /** Odd, and with the halves changed places, so that it has little to do with where it begins. */
    private static long step(long hash) {
        return Long.rotateLeft(hash, 32) | 1;
    }

    /** The upper half of a place as a fraction of all bits, without a division. */
    private int bit(long place) {
        return (int) (((place >>> 32) * (Byte.SIZE * (long) bits.length)) >>> 32);
    }

    /** Its bytes, not to be changed. */
    public byte[] bits() {
        return bits;
    }
}
