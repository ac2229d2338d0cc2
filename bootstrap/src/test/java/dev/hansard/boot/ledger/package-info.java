// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.boot.ledger;

import org.jspecify.annotations.NullMarked;
