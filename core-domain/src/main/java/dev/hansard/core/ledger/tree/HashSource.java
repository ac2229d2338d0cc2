// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.tree;

import dev.hansard.ports.ledger.Hash;
import java.util.List;

/** Where the tiles of a tree are read. */
public interface HashSource {
    /**
     * The hashes of a tile.
     *
     * @throws dev.hansard.ports.session.StorageException when it cannot be read, or is none
     */
    List<Hash> tile(TileId tile);
}
