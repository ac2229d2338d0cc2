// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.value.InvalidValueException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The tree against the vectors that all implementations share, and against the RFC's own words. */
final class MerkleTreeTest {
    /** Entries and roots of the Certificate Transparency test data, for trees of one leaf to eight. */
    private static final List<String> ENTRIES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void hasTheRootsOfTheSharedVectors() {
        var tree = new GrowingTree((_, _) -> {});

        assertThat(hex(tree.root())).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (int i = 0; i < ENTRIES.size(); i++) {
            tree.append(HexFormat.of().parseHex(ENTRIES.get(i)));
            assertThat(hex(tree.root())).isEqualTo(ROOTS.get(i));
        }
    }

    @Property(tries = 60)
    void agreesWithTheNaiveTree(@ForAll @IntRange(min = 1, max = 1400) int size, @ForAll long seed) {
        var grown = new Grown(size);
        var oracle = new NaiveTree(grown.entries);
        int index = (int) Math.floorMod(seed, (long) size);
        int older = 1 + (int) Math.floorMod(seed >>> 20, (long) size);

        var proofs = new TreeProofs(grown, size);

        Hash olderRoot = NaiveTree.mth(grown.entries.subList(0, older));
        assertThat(grown.tree.root()).isEqualTo(oracle.root());
        assertThat(proofs.root()).isEqualTo(oracle.root());
        assertThat(proofs.inclusion(index)).isEqualTo(oracle.path(index));
        assertThat(proofs.consistency(older)).isEqualTo(oracle.proof(older));
        Hash leaf = new TreeHasher().leaf(grown.entries.get(index));
        assertThat(ProofCheck.includes(leaf, index, size, oracle.path(index), oracle.root()))
                .isTrue();
        assertThat(ProofCheck.extend(older, olderRoot, size, oracle.root(), oracle.proof(older)))
                .isTrue();
    }

    @Property(tries = 200)
    void refusesWhatIsAlteredAnywhere(@ForAll @IntRange(min = 2, max = 300) int size, @ForAll long seed) {
        var grown = new Grown(size);
        int index = (int) Math.floorMod(seed, (long) size);
        int older = 1 + (int) Math.floorMod(seed >>> 20, (long) (size - 1));
        var proofs = new TreeProofs(grown, size);
        Hash root = proofs.root();
        Hash olderRoot = NaiveTree.mth(grown.entries.subList(0, older));
        Hash leaf = new TreeHasher().leaf(grown.entries.get(index));
        List<Hash> path = proofs.inclusion(index);
        List<Hash> steps = proofs.consistency(older);

        assertThat(ProofCheck.includes(flipped(leaf), index, size, path, root)).isFalse();
        assertThat(ProofCheck.includes(leaf, index, size, path, flipped(root))).isFalse();
        assertThat(ProofCheck.includes(leaf, (index + 1) % size, size, path, root))
                .isFalse();
        assertThat(ProofCheck.extend(older, flipped(olderRoot), size, root, steps))
                .isFalse();
        assertThat(ProofCheck.extend(older, olderRoot, size, flipped(root), steps))
                .isFalse();
        for (int i = 0; i < path.size(); i++) {
            assertThat(ProofCheck.includes(leaf, index, size, altered(path, i), root))
                    .isFalse();
        }
        for (int i = 0; i < steps.size(); i++) {
            assertThat(ProofCheck.extend(older, olderRoot, size, root, altered(steps, i)))
                    .isFalse();
        }
        assertThat(ProofCheck.includes(leaf, index, size, longer(path), root)).isFalse();
        assertThat(ProofCheck.extend(older, olderRoot, size, root, longer(steps)))
                .isFalse();
    }

    @Property(tries = 100)
    void growsOnFromItsEdge(@ForAll @IntRange(min = 0, max = 1200) int size, @ForAll @IntRange(max = 600) int more) {
        var grown = new Grown(size);
        var resumed = GrowingTree.resumed(size, grown.tree.edge(), (_, _) -> {});

        for (int i = size; i < size + more; i++) {
            grown.append(i);
            resumed.append(grown.entries.getLast());
        }

        assertThat(resumed.root()).isEqualTo(grown.tree.root());
    }

    @Test
    void refusesTheEdgeOfAnotherTree() {
        var grown = new Grown(300);

        assertThatThrownBy(() -> GrowingTree.resumed(301, grown.tree.edge(), (_, _) -> {}))
                .isInstanceOf(InvalidValueException.class);
    }

    private static List<Hash> altered(List<Hash> path, int at) {
        var altered = new ArrayList<>(path);
        altered.set(at, flipped(path.get(at)));
        return altered;
    }

    private static List<Hash> longer(List<Hash> path) {
        var longer = new ArrayList<>(path);
        longer.add(new Hash(1, 2, 3, 4));
        return longer;
    }

    private static Hash flipped(Hash hash) {
        return new Hash(hash.first(), hash.second(), hash.third() ^ 1, hash.fourth());
    }

    private static String hex(Hash hash) {
        return HexFormat.of().formatHex(hash.toBytes());
    }

    /** A tree with its tiles in memory. */
    private static final class Grown implements HashSource {
        private final List<byte[]> entries = new ArrayList<>();
        private final Map<String, List<Hash>> full = new HashMap<>();
        private final GrowingTree tree = new GrowingTree((tile, hashes) -> full.put(tile.path(), hashes));

        Grown(int size) {
            for (int i = 0; i < size; i++) {
                append(i);
            }
        }

        void append(int i) {
            byte[] entry = ByteBuffer.allocate(4).putInt(i).array();
            entries.add(entry);
            tree.append(entry);
        }

        @Override
        public List<Hash> tile(TileId tile) {
            List<Hash> found = full.get(tile.full().path());
            return found == null ? tree.edge().get(tile.level()) : found;
        }
    }
}
