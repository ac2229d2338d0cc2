// SPDX-License-Identifier: Apache-2.0
/** What targets are told about callers, signed. */
@NullMarked
package dev.hansard.idp.statement;

import org.jspecify.annotations.NullMarked;
