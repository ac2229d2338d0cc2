// SPDX-License-Identifier: Apache-2.0
/** The commands by which people decide on requests that wait. */
@NullMarked
package dev.hansard.boot.cli.approvals;

import org.jspecify.annotations.NullMarked;
