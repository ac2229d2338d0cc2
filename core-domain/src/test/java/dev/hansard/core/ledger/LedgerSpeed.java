// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import dev.hansard.core.ledger.tree.TreeProofs;
import dev.hansard.core.ledger.verify.Verification;
import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.ledger.StoredRecords;
import java.util.List;

/**
 * Prints how many leaves a second are entered and verified, of one thread. Not a test: run its main.
 */
public final class LedgerSpeed {
    private static final int LEAVES = 1_000_000;
    private static final int PROOFS = 10_000;
    private static final int BATCH = 500;

    private LedgerSpeed() {}

    public static void main(String[] arguments) {
        for (int round = 0; round < 3; round++) {
            var scene = new LedgerScene();
            long start = System.nanoTime();
            try (MerkleLedger ledger = scene.open()) {
                for (long first = 1; first <= LEAVES; first += BATCH) {
                    long last = first + BATCH - 1;
                    ledger.append(LedgerScene.sessions(first, last), LedgerScene.behind(last));
                }
                long entered = System.nanoTime();
                ledger.commit();
                print("entered", start, entered);
                print("entered and published", start, System.nanoTime());
            }
            proofs(scene);
            long before = System.nanoTime();
            var trust = new Verification.Trust(LedgerScene.KEY.publicKey(), null);
            var result = new Verification(new Verification.Stores(scene.published, new Generated(), null), trust)
                    .run(
                            finding -> {
                                throw new IllegalStateException(finding.toString());
                            },
                            (_, _) -> {});
            if (result.records() != LEAVES) {
                throw new IllegalStateException(result.toString());
            }
            print("verified", before, System.nanoTime());
        }
    }

    private static void proofs(LedgerScene scene) {
        var proofs = new TreeProofs(scene.published, LEAVES);
        long start = System.nanoTime();
        for (long i = 0; i < PROOFS; i++) {
            if (proofs.inclusion(i * 7_919 % LEAVES).size() < 10) {
                throw new IllegalStateException("a proof is too short");
            }
        }
        System.out.printf("proof of inclusion: %,.1f us%n", (System.nanoTime() - start) / 1e3 / PROOFS);
    }

    private static void print(String what, long start, long end) {
        System.out.printf("%s: %,.0f leaves/s%n", what, LEAVES * 1e9 / (end - start));
    }

    /** Records that were never stored: only the ledger's part is measured. */
    private static final class Generated implements StoredRecords {
        @Override
        public List<Container> containers() {
            return List.of(new Container("all", 1, LEAVES, false));
        }

        @Override
        public void read(Container container, Visitor visitor) {
            for (long sequence = 1; sequence <= LEAVES; sequence++) {
                visitor.record(
                        new StoredRecord(LedgerScene.id(sequence), sequence, 0, new Hash(sequence, 2, 3, 4), null));
            }
        }
    }
}
