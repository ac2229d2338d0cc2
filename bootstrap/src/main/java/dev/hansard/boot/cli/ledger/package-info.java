// SPDX-License-Identifier: Apache-2.0
/** {@code hansard verify} and the evidence that it can be given. */
@NullMarked
package dev.hansard.boot.cli.ledger;

import org.jspecify.annotations.NullMarked;
