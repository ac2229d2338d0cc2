// SPDX-License-Identifier: Apache-2.0
/** Reaches the people who decide: notices, the links in them, and the feed of changes. */
@NullMarked
package dev.hansard.core.approval.reach;

import org.jspecify.annotations.NullMarked;
