// SPDX-License-Identifier: Apache-2.0
/** The ledger of a node: it grows with the records, is signed, and published beside the segments. */
@NullMarked
package dev.hansard.core.ledger;

import org.jspecify.annotations.NullMarked;
