// SPDX-License-Identifier: Apache-2.0
/** The Merkle tree of RFC 9162, its proofs, and its files as C2SP tlog-tiles lays them out. */
@NullMarked
package dev.hansard.core.ledger.tree;

import org.jspecify.annotations.NullMarked;
