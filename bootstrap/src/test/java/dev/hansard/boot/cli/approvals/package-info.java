// SPDX-License-Identifier: Apache-2.0
/** Tests of the commands by which people decide. */
@NullMarked
package dev.hansard.boot.cli.approvals;

import org.jspecify.annotations.NullMarked;
