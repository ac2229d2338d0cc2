// SPDX-License-Identifier: Apache-2.0
/** What exactly people approve, and the proof that nothing else is sent. */
@NullMarked
package dev.hansard.core.approval.digest;

import org.jspecify.annotations.NullMarked;
