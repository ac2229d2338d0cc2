// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import static dev.hansard.core.ledger.LedgerScene.behind;
import static dev.hansard.core.ledger.LedgerScene.deletion;
import static dev.hansard.core.ledger.LedgerScene.session;
import static dev.hansard.core.ledger.LedgerScene.sessions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.ledger.note.PortableProof;
import dev.hansard.core.ledger.note.SignedNote;
import dev.hansard.core.ledger.tree.TileId;
import dev.hansard.core.ledger.tree.TreeProofs;
import org.junit.jupiter.api.Test;

/** Finds and proves leaves among events and gaps. */
final class LeafSearchTest {
    private final LedgerScene scene = new LedgerScene();

    @Test
    void findsEachRecordAndNoOther() {
        try (MerkleLedger ledger = scene.open()) {
            ledger.append(sessions(1, 300), behind(300));
            for (int i = 0; i < 600; i++) {
                ledger.enter(deletion(1, 2));
            }
            ledger.append(sessions(301, 700), behind(700));
            ledger.append(sessions(2001, 2400), behind(2400));
            ledger.commit();
        }
        var search = new LeafSearch(scene.published, scene.newest().size());

        for (long sequence : new long[] {1, 255, 256, 257, 300, 301, 699, 700, 2001, 2300, 2400}) {
            long index = search.indexOf(sequence).orElseThrow();
            assertThat(leaf(index)).isEqualTo(EntryCodec.encode(session(sequence)));
            assertThat(proof(index).flaw(leaf(index), LedgerScene.KEY.publicKey()))
                    .isEmpty();
        }
        assertThat(search.indexOf(1500)).isEmpty();
        assertThat(search.indexOf(2401)).isEmpty();
    }

    private byte[] leaf(long index) {
        TileId bundle = TileId.holding(TileId.ENTRIES, index, scene.newest().size());
        return scene.published.entries(bundle).get((int) (index - bundle.first()));
    }

    /** As it is after a journey as text. */
    private PortableProof proof(long index) {
        long size = scene.newest().size();
        var proof = new PortableProof(
                index,
                new TreeProofs(scene.published, size).inclusion(index),
                SignedNote.parse(scene.published.checkpoint(size)));
        PortableProof read = PortableProof.parse(proof.toString());
        assertThat(read).isEqualTo(proof);
        return read;
    }
}
