// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.boot.cli.ledger;

import org.jspecify.annotations.NullMarked;
