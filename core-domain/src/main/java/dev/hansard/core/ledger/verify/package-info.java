// SPDX-License-Identifier: Apache-2.0
/** Compares what is stored with what the ledger promises, and names each difference. */
@NullMarked
package dev.hansard.core.ledger.verify;

import org.jspecify.annotations.NullMarked;
