// SPDX-License-Identifier: Apache-2.0
/** Agents: who is one, and what one does with the calls that it gets. */
@NullMarked
package dev.hansard.core.agent;

import org.jspecify.annotations.NullMarked;
