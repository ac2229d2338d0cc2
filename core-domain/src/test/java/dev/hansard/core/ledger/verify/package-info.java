// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.core.ledger.verify;

import org.jspecify.annotations.NullMarked;
