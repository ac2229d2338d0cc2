// SPDX-License-Identifier: Apache-2.0
/** What people and programs did to Hansard itself, and what they looked at. */
@NullMarked
package dev.hansard.ports.audit;

import org.jspecify.annotations.NullMarked;
