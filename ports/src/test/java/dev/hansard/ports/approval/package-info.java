// SPDX-License-Identifier: Apache-2.0
/** What every store of approvals has to do, and approvals in memory. */
@NullMarked
package dev.hansard.ports.approval;

import org.jspecify.annotations.NullMarked;
