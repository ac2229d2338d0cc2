// SPDX-License-Identifier: Apache-2.0
/** Signed notes, checkpoints and portable proofs, as C2SP writes them. */
@NullMarked
package dev.hansard.core.ledger.note;

import org.jspecify.annotations.NullMarked;
