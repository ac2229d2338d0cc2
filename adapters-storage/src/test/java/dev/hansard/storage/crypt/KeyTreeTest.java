// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.value.InvalidValueException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyTreeTest {
    private static final byte[] ROOT = new byte[32];

    private static String hex(byte @Nullable [] bytes) {
        return HexFormat.of().formatHex(Objects.requireNonNull(bytes));
    }

    private static KeyTree without(Set<Long> gone) {
        KeyTree tree = KeyTree.of(ROOT);
        for (long leaf : gone) {
            tree = tree.without(leaf);
        }
        return tree;
    }

    @Test
    void givesEachLeafAKeyOfItsOwn() {
        KeyTree tree = KeyTree.of(ROOT);
        var keys = new HashSet<String>();

        for (long leaf = 0; leaf < 2_000; leaf++) {
            keys.add(hex(tree.leaf(leaf)));
        }

        assertThat(keys).hasSize(2_000);
        assertThat(hex(tree.leaf(7))).isEqualTo(hex(KeyTree.of(ROOT).leaf(7)));
        assertThat(hex(tree.leaf(KeyTree.LEAVES - 1))).isNotEqualTo(hex(tree.leaf(0)));
    }

    @Property(tries = 60)
    void keepsEveryLeafButThoseThatWereTaken(
            @ForAll @Size(min = 1, max = 12) Set<@LongRange(min = 0, max = KeyTree.LEAVES - 1) Long> gone,
            @ForAll long seed) {
        KeyTree whole = KeyTree.of(ROOT);
        KeyTree left = KeyTree.decode(without(gone).encode());

        for (long leaf : gone) {
            assertThat(left.leaf(leaf)).isNull();
            for (long beside : List.of(leaf - 1, leaf + 1, leaf ^ 256)) {
                if (beside >= 0 && beside < KeyTree.LEAVES && !gone.contains(beside)) {
                    assertThat(hex(left.leaf(beside))).isEqualTo(hex(whole.leaf(beside)));
                }
            }
        }
        new Random(seed)
                .longs(20, 0, KeyTree.LEAVES)
                .filter(leaf -> !gone.contains(leaf))
                .forEach(leaf -> assertThat(hex(left.leaf(leaf))).isEqualTo(hex(whole.leaf(leaf))));
    }

    @Property(tries = 60)
    void isTheSameInWhateverOrderLeavesAreTaken(
            @ForAll @Size(max = 8) Set<@LongRange(min = 0, max = 1023) Long> some,
            @ForAll @Size(max = 8) Set<@LongRange(min = 0, max = 1023) Long> others) {
        var all = new HashSet<>(some);
        all.addAll(others);

        KeyTree merged = without(some).and(without(others));

        assertThat(merged.isSameAs(without(all))).isTrue();
        assertThat(merged.and(KeyTree.of(ROOT)).isSameAs(merged)).isTrue();
    }

    @Test
    void growsByAKilobyteForALeafAtTheMost() {
        assertThat(KeyTree.of(ROOT).encode()).hasSize(37);
        assertThat(without(Set.of(4711L)).encode()).hasSize(30 * 37);
        assertThat(without(Set.of(4711L, 4712L, 4713L)).encode().length).isLessThan(33 * 37);
    }

    @Test
    void hasNothingLeftWhenAllWasTaken() {
        KeyTree none = KeyTree.decode(new byte[0]);

        assertThat(none.leaf(0)).isNull();
        assertThat(none.without(5).encode()).isEmpty();
    }

    @Test
    void refusesWhatIsNoTree() {
        assertThatThrownBy(() -> KeyTree.decode(new byte[36])).isInstanceOf(InvalidValueException.class);
        byte[] deep = KeyTree.of(ROOT).encode();
        deep[0] = 31;
        assertThatThrownBy(() -> KeyTree.decode(deep)).isInstanceOf(InvalidValueException.class);
        byte[] beside = KeyTree.of(ROOT).encode();
        beside[4] = 1;
        assertThatThrownBy(() -> KeyTree.decode(beside)).isInstanceOf(InvalidValueException.class);
    }
}
