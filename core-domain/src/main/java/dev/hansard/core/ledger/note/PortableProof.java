// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.note;

import dev.hansard.core.ledger.tree.ProofCheck;
import dev.hansard.core.ledger.tree.TreeHasher;
import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.value.InvalidValueException;
import java.util.ArrayList;
import java.util.List;

/**
 * That an entry is in a ledger, in one text that can be checked anywhere (C2SP tlog-proof): the index of the leaf, the
 * hashes that lead to the root, and the signed checkpoint with that root.
 */
public record PortableProof(long index, List<Hash> path, SignedNote checkpoint) {
    private static final String HEAD = "c2sp.org/tlog-proof@v1";
    private static final String INDEX = "index ";
    private static final int MAX_PATH = 63;

    public PortableProof {
        path = List.copyOf(path);
    }

    /**
     * Reads {@link #toString}.
     *
     * @throws InvalidValueException when it is none
     */
    public static PortableProof parse(String text) {
        int split = text.indexOf("\n\n");
        List<String> lines =
                split < 0 ? List.of() : text.substring(0, split).lines().toList();
        int at = lines.size() > 1 && lines.get(1).startsWith("extra ") ? 2 : 1;
        if (lines.size() <= at
                || !lines.get(0).equals(HEAD)
                || !lines.get(at).matches(INDEX + "(0|[1-9][0-9]{0,17})")
                || lines.size() > at + 1 + MAX_PATH) {
            throw new InvalidValueException("a proof must start with '" + HEAD + "' and 'index N', and have at most "
                    + MAX_PATH + " hashes before its checkpoint");
        }
        var path = new ArrayList<Hash>();
        lines.subList(at + 1, lines.size()).forEach(line -> path.add(Hash.parse(line)));
        long index = Long.parseLong(lines.get(at).substring(INDEX.length()));
        return new PortableProof(index, path, SignedNote.parse(text.substring(split + 2)));
    }

    /**
     * Why it does not prove that an entry is in the ledger of this key; empty when it does.
     *
     * @throws InvalidValueException when what is signed is no checkpoint
     */
    public String flaw(byte[] entry, LedgerPublicKey key) {
        Checkpoint head = Checkpoint.parse(checkpoint.text());
        if (!head.origin().equals(key.name())) {
            return "checkpoint is of ledger '" + head.origin() + "', but the key of '" + key.name() + "'";
        }
        if (!checkpoint.isSignedBy(key)) {
            return "checkpoint is not signed by key " + key.idText();
        }
        Hash leaf = new TreeHasher().leaf(entry);
        return ProofCheck.includes(leaf, index, head.size(), path, head.root())
                ? ""
                : "leaf is not the one at index " + index + " of the ledger";
    }

    @Override
    public String toString() {
        var out = new StringBuilder(HEAD + "\n").append(INDEX).append(index).append('\n');
        path.forEach(hash -> out.append(hash).append('\n'));
        return out.append('\n').append(checkpoint).toString();
    }
}
