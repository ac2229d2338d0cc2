// SPDX-License-Identifier: Apache-2.0
/** The Merkle log of evidence: what is entered, and what can be proved by it. */
@NullMarked
package dev.hansard.ports.ledger;

import org.jspecify.annotations.NullMarked;
