// SPDX-License-Identifier: Apache-2.0
/** Agents: who of them is let in, and who is connected. */
@NullMarked
package dev.hansard.ports.agent;

import org.jspecify.annotations.NullMarked;
