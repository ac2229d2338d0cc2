// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Tells RSA keys of the chips whose primes were made as {@code k*M + 65537^a mod M} (CVE-2017-15361): their private
 * keys can be computed from the public ones. M is divisible by the first primes, so that the modulus of such a key
 * lies, for each of them, in the group that 65537 generates. A good key passes for one in less than one of a hundred
 * million.
 */
final class RocaFingerprint {
    private static final int FIRST_PRIME = 3;
    private static final int LAST_PRIME = 167;
    private static final int GENERATOR = 65537;
    private static final Map<Integer, BitSet> GROUPS = groups();

    private RocaFingerprint() {}

    private static Map<Integer, BitSet> groups() {
        Map<Integer, BitSet> groups = new HashMap<>();
        IntStream.rangeClosed(FIRST_PRIME, LAST_PRIME)
                .filter(number -> BigInteger.valueOf(number).isProbablePrime(64))
                .forEach(prime -> groups.put(prime, groupOf(prime)));
        return Map.copyOf(groups);
    }

    private static BitSet groupOf(int prime) {
        var group = new BitSet(prime);
        for (int element = 1; !group.get(element); element = element * (GENERATOR % prime) % prime) {
            group.set(element);
        }
        return group;
    }

    static boolean isOn(BigInteger modulus) {
        return GROUPS.entrySet().stream()
                .allMatch(group -> group.getValue()
                        .get(modulus.mod(BigInteger.valueOf(group.getKey())).intValue()));
    }
}
